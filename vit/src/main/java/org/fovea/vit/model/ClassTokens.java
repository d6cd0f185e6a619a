package org.fovea.vit.model;

/** The learned tokens whose results a classifier reads; they come before all others. */
public enum ClassTokens {
    /** None: the classifier pools the patches. */
    NONE(0),
    /** One (Dosovitskiy et al. 2021). */
    CLASS(1),
    /** One, and a distillation token trained on a teacher's predictions (Touvron et al. 2021, arXiv 2012.12877). */
    CLASS_AND_DISTILLATION(2);

    private final int count;

    ClassTokens(int count) {
        this.count = count;
    }

    /** Number of tokens. */
    public int count() {
        return count;
    }
}

package org.fovea.vqa.model;

/** Ways from a question and the places of an image to the scores of answers. */
public enum AnswerHead {
    /**
     * An LSTM reads the question, which then looks at the places several times over.
     *
     * @see <a href="https://arxiv.org/abs/1511.02274">Yang et al. 2016</a>
     */
    STACKED,
    /**
     * A Transformer reads the question, each of its blocks attending to the places too: guided attention.
     *
     * @see <a href="https://arxiv.org/abs/1906.10770">Yu et al. 2019</a>
     */
    TRANSFORMER,
    /** A baseline that does not see the image. */
    QUESTION_ONLY,
    /** A baseline that does not read the question. */
    IMAGE_ONLY;

    /** Returns whether it attends to places. */
    public boolean looks() {
        return this == STACKED || this == TRANSFORMER;
    }
}

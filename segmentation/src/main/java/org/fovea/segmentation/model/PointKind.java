package org.fovea.segmentation.model;

/** The meaning of a point of a prompt, in the order of the vectors that stand for them. */
public enum PointKind {
    /** Point outside the mask. */
    BACKGROUND,
    /** Point inside the mask. */
    FOREGROUND,
    /** Corner of a box with the smaller coordinates. */
    TOP_LEFT,
    /** Corner of a box with the larger coordinates. */
    BOTTOM_RIGHT;

    /** Index of a padding point, which ends a prompt without a box. */
    public static final int NONE = 0;

    /** Index of this kind in the model's embedding table. */
    public int index() {
        return ordinal() + 1;
    }
}

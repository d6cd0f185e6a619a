package org.fovea.segmentation.model;

/** The meaning of a point of a prompt, in the order of the vectors that stand for them. */
public enum PointKind {
    /** Lies on what the mask leaves out. */
    BACKGROUND,
    /** Lies on what the mask shows. */
    FOREGROUND,
    /** The corner of a box with the smaller coordinates. */
    TOP_LEFT,
    /** The corner of a box with the larger coordinates. */
    BOTTOM_RIGHT;

    /** The index of no point, which a prompt without a box ends with. */
    public static final int NONE = 0;

    /** The index that the model reads. */
    public int index() {
        return ordinal() + 1;
    }
}

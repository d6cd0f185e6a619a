package org.fovea.core.graph;

/** Values that a {@link GridSample} reads outside the image. */
public enum GridPadding {
    /** Zero. */
    ZEROS,
    /** The nearest pixel of the border. */
    BORDER
}

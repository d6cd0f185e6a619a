package org.fovea.core.graph;

/** What a {@link GridSample} reads outside the image. */
public enum GridPadding {
    /** Zero. */
    ZEROS,
    /** The nearest pixel of the border. */
    BORDER
}

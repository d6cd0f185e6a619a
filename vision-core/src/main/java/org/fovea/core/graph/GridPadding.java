package org.fovea.core.graph;

/** Values that a {@link GridSample} reads outside the image. */
public enum GridPadding {
    /** Pixels outside the image are 0. */
    ZEROS,
    /** Pixels outside the image repeat the nearest pixel of the border. */
    BORDER
}

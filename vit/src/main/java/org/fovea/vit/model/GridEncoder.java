package org.fovea.vit.model;

import org.fovea.core.nn.VisionEncoder;

/** An encoder with the sizes that a classifier over it has. */
interface GridEncoder extends VisionEncoder {
    /** Number of transformer blocks, or of layers in a network without any. */
    int depth();

    /** Number of heads of each attention, that of the last stage where stages differ; 0 in a network without attention. */
    int heads();

    /** Rows of the grid of tokens. */
    int gridRows();

    /** Columns of the grid of tokens. */
    int gridColumns();

    /** Number of tokens of an image, including those before the grid's. */
    default int tokenCount() {
        return gridRows() * gridColumns();
    }
}

package org.fovea.vit.model;

import org.fovea.core.nn.VisionEncoder;

/** An encoder with the sizes that a classifier over it has. */
interface GridEncoder extends VisionEncoder {
    /** The number of transformer blocks, or of layers where there are none. */
    int depth();

    /** The number of heads of each attention, those of the last stage where stages differ; 0 where there is none. */
    int heads();

    /** Rows of the grid of tokens. */
    int gridRows();

    /** Columns of the grid of tokens. */
    int gridColumns();

    /** The number of tokens of an image, those before the grid's included. */
    default int tokenCount() {
        return gridRows() * gridColumns();
    }
}

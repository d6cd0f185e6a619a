package org.fovea.vqa.model;

import org.fovea.core.Check;

/**
 * The places of an image that a model's tokens stand for, row by row; they come last among the tokens of the image.
 *
 * @param rows rows of positions
 * @param columns columns of positions
 */
public record Grid(int rows, int columns) {
    /** Checks the sizes. */
    public Grid {
        Check.positive("Grid: rows", rows);
        Check.positive("Grid: columns", columns);
    }

    /** Number of positions. */
    public int places() {
        return rows * columns;
    }
}

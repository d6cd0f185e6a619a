package org.fovea.segmentation.mask;

import org.fovea.core.image.InputGeometry;

/**
 * A network's grid of places over an image.
 *
 * @param outputs number of outputs at each position
 * @param rows rows of positions
 * @param columns columns of positions
 * @param geometry rectangle of the image that the grid covers
 * @param height of the image
 * @param width of the image
 */
public record ScoreGrid(int outputs, int rows, int columns, InputGeometry geometry, int height, int width) {
    /** Returns whether the grid has one position per pixel. */
    boolean isOfPixels() {
        return rows == height && columns == width;
    }
}

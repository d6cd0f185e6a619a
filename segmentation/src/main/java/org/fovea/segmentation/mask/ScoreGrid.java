package org.fovea.segmentation.mask;

import org.fovea.core.image.InputGeometry;

/**
 * A network's grid of places over an image.
 *
 * @param outputs numbers of a place
 * @param rows of places
 * @param columns of places
 * @param geometry the rectangle of the image that the grid covers
 * @param height of the image
 * @param width of the image
 */
public record ScoreGrid(int outputs, int rows, int columns, InputGeometry geometry, int height, int width) {
    /** Returns whether each pixel is a place. */
    boolean isOfPixels() {
        return rows == height && columns == width;
    }
}

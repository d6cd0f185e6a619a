package org.fovea.segmentation.mask;

import java.util.List;

/** Makes a segmentation of a network's numbers. */
public interface ScoreDecoder {
    /** Returns whether the class of a pixel is that of the largest output there; otherwise objects are told apart. */
    boolean isLargestOutput();

    /**
     * Reads an image's numbers.
     *
     * @param labels names of the classes
     * @param height of the image
     * @param width of the image
     */
    Segmentation decode(ScoreMap scores, List<String> labels, int height, int width);

    /**
     * A reader of an image that is too large to be in memory: the same numbers as {@link #decode} gives.
     *
     * @param labels names of the classes
     * @param out takes the classes of the pixels
     * @throws IllegalStateException when it must have the whole image for such a grid
     */
    RowDecoder byRows(ScoreGrid grid, List<String> labels, RowLabeler.Rows out);
}

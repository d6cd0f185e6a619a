package org.fovea.segmentation.mask;

import java.util.List;

/** Makes a segmentation of a network's numbers. */
public interface ScoreDecoder {
    /** Returns whether the class of a pixel is that of the largest output there, so that an image can be read row by row. */
    boolean isLargestOutput();

    /**
     * Reads an image's numbers.
     *
     * @param labels names of the classes
     * @param height of the image
     * @param width of the image
     */
    Segmentation decode(ScoreMap scores, List<String> labels, int height, int width);
}

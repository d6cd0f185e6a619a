package org.fovea.segmentation.mask;

import java.util.List;

/** Makes a segmentation of a network's numbers. */
public interface ScoreDecoder {
    /** Returns whether the class of a pixel is that of its largest output; otherwise objects are separated. */
    boolean isLargestOutput();

    /**
     * Decodes an image's outputs.
     *
     * @param labels class names
     * @param height of the image
     * @param width of the image
     */
    Segmentation decode(ScoreMap scores, List<String> labels, int height, int width);

    /**
     * Creates a decoder for an image that is too large for the memory, with the same results as {@link #decode}.
     *
     * @param labels class names
     * @param out receives the classes of the pixels
     * @throws IllegalStateException when decoding such a grid needs the whole image
     */
    RowDecoder byRows(ScoreGrid grid, List<String> labels, RowLabeler.Rows out);
}

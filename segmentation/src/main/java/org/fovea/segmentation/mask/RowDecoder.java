package org.fovea.segmentation.mask;

/** From a network's numbers to a segmentation, row by row of its grid; not thread-safe. */
public interface RowDecoder {
    /**
     * Takes the next row of places, and gives out the rows of pixels that are known now.
     *
     * @param places {@code [outputs, columns]}; the array may be used again
     */
    void add(float[] places);

    /** Ends the image: gives out the rows that are left. */
    SegmentedRows end();
}

package org.fovea.segmentation.mask;

/** From a network's numbers to a segmentation, row by row of its grid; not thread-safe. */
public interface RowDecoder {
    /**
     * Takes the next row of the grid, and passes on the rows of pixels that are decided now.
     *
     * @param places outputs {@code [outputs, columns]}; the caller may reuse the array
     */
    void add(float[] places);

    /** Ends the image and passes on the remaining rows. */
    SegmentedRows end();
}

package org.fovea.server.task;

/** Sizes of the batches that programs are compiled for: powers of two, so that few programs serve every number of images. */
public final class BatchRows {
    private BatchRows() {}

    /**
     * Rows of a batch for a number of images.
     *
     * @param most size of the largest batch
     */
    public static int of(int images, int most) {
        int rows = Integer.highestOneBit(images);
        return Math.min(most, rows < images ? 2 * rows : rows);
    }
}

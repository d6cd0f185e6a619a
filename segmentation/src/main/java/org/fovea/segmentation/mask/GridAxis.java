package org.fovea.segmentation.mask;

/** Pixels of one axis of an image between the places of a grid: pixel p lies between its cell and the next. */
final class GridAxis {
    private final int places;
    private final int[] cell;
    private final float[] share;

    private GridAxis(int places, int[] cell, float[] share) {
        this.places = places;
        this.cell = cell;
        this.share = share;
    }

    /**
     * Creates an axis.
     *
     * @param pixels number of pixels of the image
     * @param start pixel coordinate at which the grid begins
     * @param end pixel coordinate at which the grid ends
     * @param places number of positions of the grid
     */
    static GridAxis of(int pixels, double start, double end, int places) {
        int[] cell = new int[pixels];
        float[] share = new float[pixels];
        for (int p = 0; p < pixels; p++) {
            double point = (p + 0.5 - start) / (end - start) * places - 0.5;
            double inside = Math.max(0, Math.min(places - 1.0, point));
            cell[p] = (int) inside;
            share[p] = (float) (inside - cell[p]);
        }
        return new GridAxis(places, cell, share);
    }

    /** Last grid position at or before a pixel. */
    int cell(int pixel) {
        return cell[pixel];
    }

    /** Grid position after {@link #cell}, or the last one. */
    int next(int pixel) {
        return Math.min(cell[pixel] + 1, places - 1);
    }

    /** Interpolation weight of {@link #next}, in [0, 1). */
    float share(int pixel) {
        return share[pixel];
    }
}

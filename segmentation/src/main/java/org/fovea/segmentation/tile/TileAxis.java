package org.fovea.segmentation.tile;

/**
 * Tiles along one axis of an image, in places of the network's grid, which lie {@code unit} pixels apart.
 *
 * @param places number of positions of the whole axis; the last may reach beyond the image
 * @param tile number of positions of a tile
 * @param starts first position of each tile, ascending; the last tile may reach beyond the image
 * @param windows weight of each position within a tile
 * @param sums sum of the weights of all tiles at each position
 */
record TileAxis(int places, int tile, int[] starts, float[] windows, float[] sums) {
    /** Standard deviation of the Gaussian window, as a fraction of the tile's side (Isensee et al. 2021, nnU-Net). */
    private static final double SIGMA = 1.0 / 8;

    /**
     * Distributes tiles evenly over an axis.
     *
     * @param pixels length of the axis in pixels
     * @param tilePixels side of a tile, a multiple of the unit
     */
    static TileAxis of(int pixels, int tilePixels, double overlap, int unit) {
        int places = (pixels + unit - 1) / unit;
        int tile = tilePixels / unit;
        int last = Math.max(0, places - tile);
        double step = Math.max(1, tile * (1 - overlap));
        int count = 1 + (int) Math.ceil(last / step);
        int[] starts = new int[count];
        for (int i = 1; i < count; i++) {
            starts[i] = (int) Math.round((double) last * i / (count - 1));
        }
        float[] windows = windows(tile);
        return new TileAxis(places, tile, starts, windows, sums(places, starts, windows));
    }

    private static float[] windows(int tile) {
        float[] out = new float[tile];
        for (int i = 0; i < tile; i++) {
            double distance = (i + 0.5 - tile / 2.0) / (tile * SIGMA);
            out[i] = (float) Math.exp(-distance * distance / 2);
        }
        return out;
    }

    private static float[] sums(int places, int[] starts, float[] windows) {
        float[] out = new float[places];
        for (int start : starts) {
            for (int i = 0; i < windows.length && start + i < places; i++) {
                out[start + i] += windows[i];
            }
        }
        return out;
    }

    /** The number of tiles. */
    int count() {
        return starts.length;
    }

    /**
     * First position that tiles from {@code index} on still contribute to; all positions before it are complete once the tiles
     * before are added.
     */
    int wholeBefore(int index) {
        return index < starts.length ? starts[index] : places;
    }
}

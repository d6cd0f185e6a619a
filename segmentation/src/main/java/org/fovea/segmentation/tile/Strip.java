package org.fovea.segmentation.tile;

import org.fovea.core.image.RgbImage;

/** The rows of an image that a row of tiles sees; rows that the next row of tiles sees too are kept. Not thread-safe. */
final class Strip {
    private static final int CHANNELS = 3;

    private final RegionSource source;
    private final byte[] samples;
    private final int rows;
    private int top;
    private int filled;

    Strip(RegionSource source, int rows) {
        this.source = source;
        this.rows = Math.min(rows, source.height());
        this.samples = new byte[Math.multiplyExact(Math.multiplyExact(CHANNELS, this.rows), source.width())];
    }

    /** Moves down to a row of the image. */
    void moveTo(int newTop) {
        int line = CHANNELS * source.width();
        int kept = Math.max(0, top + filled - newTop);
        if (kept > 0 && kept < filled) {
            System.arraycopy(samples, (filled - kept) * line, samples, 0, kept * line);
        }
        top = newTop;
        int wanted = Math.min(rows, source.height() - top);
        int atOnce = source.rowsAtOnce(); // reads in parts, so that the rows are not held twice
        for (int from = top + kept; from < top + wanted; from += atOnce - from % atOnce) {
            int end = Math.min(top + wanted, from + atOnce - from % atOnce);
            byte[] read = source.read(from, 0, end - from, source.width()).toBytes();
            System.arraycopy(read, 0, samples, (from - top) * line, read.length);
        }
        filled = wanted;
    }

    /** Cuts a square tile from the strip's first row on; beyond the image, its last rows and columns are repeated. */
    RgbImage tile(int left, int side) {
        byte[] out = new byte[CHANNELS * side * side];
        int inside = Math.min(side, source.width() - left);
        for (int y = 0; y < side; y++) {
            int from = CHANNELS * (Math.min(y, filled - 1) * source.width() + left);
            int to = CHANNELS * y * side;
            System.arraycopy(samples, from, out, to, CHANNELS * inside);
            for (int x = inside; x < side; x++) {
                System.arraycopy(out, to + CHANNELS * (inside - 1), out, to + CHANNELS * x, CHANNELS);
            }
        }
        return RgbImage.of(side, side, out);
    }
}

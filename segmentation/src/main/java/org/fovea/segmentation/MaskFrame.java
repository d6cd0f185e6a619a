package org.fovea.segmentation;

/**
 * The way from a model's small square mask to the image's own size: enlarged to the square that the encoder sees, cut to the part that
 * shows the image, resized to the image. A row at a time, so that a large image costs no large memory.
 *
 * @param maskPixels side of the low-resolution mask
 * @param inputPixels side of the encoder's input
 * @param shownHeight rows of the input that hold the image, from the top; the rest is padding
 * @param shownWidth columns of the input that hold the image, from the left; the rest is padding
 * @param height of the image
 * @param width of the image
 */
record MaskFrame(int maskPixels, int inputPixels, int shownHeight, int shownWidth, int height, int width) {
    /** Takes rows of the image, from the top; the array is reused. */
    @FunctionalInterface
    interface Rows {
        void row(int y, float[] logits);
    }

    /** Converts an x coordinate of the image to the encoder's input. */
    double x(double x) {
        return x * ((double) shownWidth / width);
    }

    /** Converts a y coordinate of the image to the encoder's input. */
    double y(double y) {
        return y * ((double) shownHeight / height);
    }

    /**
     * Enlarges a low-resolution mask to the image's pixels, row by row.
     *
     * @param small logits of the mask, row by row from {@code offset}
     */
    void enlarge(float[] small, int offset, Rows rows) {
        LinearTaps smallDown = new LinearTaps(maskPixels, inputPixels, shownHeight);
        LinearTaps smallAcross = new LinearTaps(maskPixels, inputPixels, shownWidth);
        LinearTaps down = new LinearTaps(shownHeight, height, height);
        LinearTaps across = new LinearTaps(shownWidth, width, width);
        Pair wide = new Pair(shownWidth, (r, out) -> smallAcross.apply(small, offset + r * maskPixels, out));
        float[] shown = new float[shownWidth];
        Pair wider = new Pair(width, (r, out) -> {
            smallDown.mix(r, wide.get(smallDown.first(r)), wide.get(smallDown.second(r)), shown);
            across.apply(shown, 0, out);
        });
        float[] row = new float[width];
        for (int y = 0; y < height; y++) {
            down.mix(y, wider.get(down.first(y)), wider.get(down.second(y)), row);
            rows.row(y, row);
        }
    }

    /** The last two rows that were made: neighbors, an even and an odd one. */
    private static final class Pair {
        private final float[][] kept;
        private final int[] numbers = {-1, -1};
        private final Rows maker;

        Pair(int length, Rows maker) {
            this.kept = new float[2][length];
            this.maker = maker;
        }

        float[] get(int number) {
            int slot = number & 1;
            if (numbers[slot] != number) {
                maker.row(number, kept[slot]);
                numbers[slot] = number;
            }
            return kept[slot];
        }
    }
}

package org.fovea.cli.gallery;

import java.util.Arrays;

/** Weights to be set by hand. */
final class Weights {
    private Weights() {}

    /** scale where row and column are the same, else 0: {@code [rows, columns]}. */
    static float[] identity(int rows, int columns, double scale) {
        return shifted(rows, columns, 0, scale);
    }

    /** scale where the column is the row + by, else 0: {@code [rows, columns]}. */
    static float[] shifted(int rows, int columns, int by, double scale) {
        float[] out = new float[rows * columns];
        for (int row = 0; row < rows; row++) {
            if (row + by >= 0 && row + by < columns) {
                out[row * columns + row + by] = (float) scale;
            }
        }
        return out;
    }

    /** One number so many times. */
    static float[] all(int count, double value) {
        float[] out = new float[count];
        Arrays.fill(out, (float) value);
        return out;
    }

    /** One after the other. */
    static float[] joined(float[]... parts) {
        int size = Arrays.stream(parts).mapToInt(p -> p.length).sum();
        float[] out = new float[size];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, out, at, part.length);
            at += part.length;
        }
        return out;
    }

    /** A mean over each square of a kernel for every channel to itself: {@code [channels, channels, side, side]}. */
    static float[] blur(int channels, int side) {
        float[] out = new float[channels * channels * side * side];
        for (int c = 0; c < channels; c++) {
            int start = (c * channels + c) * side * side;
            Arrays.fill(out, start, start + side * side, 1f / (side * side));
        }
        return out;
    }

    /**
     * Sets an additive score to say where query and key have a part in common: unit i is tanh(s·(q_i + k_i) - 1.5·s), of which
     * the sum is largest where both are 1.
     *
     * @param sketch gets {@code query.weight}, {@code keys.weight}, {@code keys.bias} and {@code score.weight}
     * @param width number of parts, which is that of units
     * @param queryWidth numbers of a query, of which the first are its parts
     * @param gain sharpness of the choice
     */
    static Sketch common(Sketch sketch, int width, int queryWidth, double gain) {
        double s = 2.5;
        return sketch.weight("query.weight", identity(width, queryWidth, s))
                .weight("keys.weight", identity(width, width, s))
                .weight("keys.bias", all(width, -1.5 * s))
                .weight("score.weight", all(width, gain));
    }
}

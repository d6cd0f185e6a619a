package org.fovea.cli.gallery;

import java.util.Arrays;

/** Weights to be set by hand. */
final class Weights {
    private Weights() {}

    /** Scaled identity: {@code scale} on the diagonal, 0 elsewhere, {@code [rows, columns]}. */
    static float[] identity(int rows, int columns, double scale) {
        return shifted(rows, columns, 0, scale);
    }

    /** Scaled shift: {@code scale} where the column is the row plus {@code by}, 0 elsewhere, {@code [rows, columns]}. */
    static float[] shifted(int rows, int columns, int by, double scale) {
        float[] out = new float[rows * columns];
        for (int row = 0; row < rows; row++) {
            if (row + by >= 0 && row + by < columns) {
                out[row * columns + row + by] = (float) scale;
            }
        }
        return out;
    }

    /** The same number {@code count} times. */
    static float[] all(int count, double value) {
        float[] out = new float[count];
        Arrays.fill(out, (float) value);
        return out;
    }

    /** Concatenation of arrays. */
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

    /** Convolution kernel that takes the mean of each channel over a square: {@code [channels, channels, side, side]}. */
    static float[] blur(int channels, int side) {
        float[] out = new float[channels * channels * side * side];
        for (int c = 0; c < channels; c++) {
            int start = (c * channels + c) * side * side;
            Arrays.fill(out, start, start + side * side, 1f / (side * side));
        }
        return out;
    }

    /**
     * Sets the weights of an additive score that is high if query and key share a component: unit i is tanh(s·(q_i + k_i) -
     * 1.5·s), which is largest where both are 1.
     *
     * @param sketch receives {@code query.weight}, {@code keys.weight}, {@code keys.bias} and {@code score.weight}
     * @param width number of components, and of units
     * @param queryWidth width of a query, whose first components are compared
     * @param gain sharpness of the attention
     */
    static Sketch common(Sketch sketch, int width, int queryWidth, double gain) {
        double s = 2.5;
        return sketch.weight("query.weight", identity(width, queryWidth, s))
                .weight("keys.weight", identity(width, width, s))
                .weight("keys.bias", all(width, -1.5 * s))
                .weight("score.weight", all(width, gain));
    }
}

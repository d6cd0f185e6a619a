package org.fovea.core.view;

import java.util.Arrays;
import org.fovea.core.tensor.Tensor;

/** Checked rows of finite weights and the color scale they are drawn in; the rows are never written. */
record WeightGrid(float[][] rows, double low, double high) {
    /**
     * Copies rows of weights, with a scale from the smallest to the largest.
     *
     * @param owner owner of the weights, for errors
     */
    static WeightGrid of(String owner, float[][] weights) {
        if (weights.length == 0 || weights[0].length == 0) {
            throw new IllegalArgumentException(owner + ": weights must have rows and columns, got none");
        }
        float[][] copy = new float[weights.length][];
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (int y = 0; y < weights.length; y++) {
            if (weights[y].length != weights[0].length) {
                throw new IllegalArgumentException(owner + ": rows must be equally long, got " + weights[0].length
                        + " in row 0 and " + weights[y].length + " in row " + y);
            }
            copy[y] = weights[y].clone();
            for (float w : weights[y]) {
                if (!Float.isFinite(w)) {
                    throw new IllegalArgumentException(owner + ": weights must be finite, got " + w + " in row " + y);
                }
                low = Math.min(low, w);
                high = Math.max(high, w);
            }
        }
        return new WeightGrid(copy, low, high);
    }

    /** Copies a tensor {@code [H, W]} of any type. */
    static WeightGrid of(String owner, Tensor weights) {
        if (weights.shape().rank() != 2) {
            throw new IllegalArgumentException(owner + ": weights must be [H, W], got " + weights);
        }
        int columns = weights.shape().dim(1);
        float[] values = weights.toFloats();
        float[][] rows = new float[weights.shape().dim(0)][];
        Arrays.setAll(rows, y -> Arrays.copyOfRange(values, y * columns, (y + 1) * columns));
        return of(owner, rows);
    }

    /** Copy with another scale. */
    WeightGrid withRange(String owner, double low, double high) {
        if (!(low < high) || Double.isInfinite(low) || Double.isInfinite(high)) {
            throw new IllegalArgumentException(
                    owner + ": the range must be two finite numbers, the lower first, got " + low + " and " + high);
        }
        return new WeightGrid(rows, low, high);
    }

    int height() {
        return rows.length;
    }

    int width() {
        return rows[0].length;
    }

    /** Position of a weight on the scale, from 0 at its lower end to 1 at its upper; 0 if the scale is a single number. */
    double share(int y, int x) {
        double range = high - low;
        return range > 0 ? Math.max(0, Math.min(1, (rows[y][x] - low) / range)) : 0;
    }

    ColorBar bar() {
        return new ColorBar(low, high);
    }
}

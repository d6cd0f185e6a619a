package org.fovea.core.view;

/**
 * Samples of a row of values for a smooth curve through them: four neighbors and their weights, for each of a number
 * of points. Beyond the ends the end values go on.
 *
 * @see <a href="https://doi.org/10.1109/TASSP.1981.1163711">Keys 1981</a>, cubic convolution with a = -0.5
 */
final class CubicTaps {
    static final int TAPS = 4;
    private static final double A = -0.5;

    final int[] index;
    final float[] weight;

    /**
     * Creates the taps for points in units of values, where value {@code i} is at {@code i + 0.5}.
     *
     * @param size number of values
     */
    CubicTaps(double[] points, int size) {
        index = new int[TAPS * points.length];
        weight = new float[TAPS * points.length];
        for (int p = 0; p < points.length; p++) {
            double at = points[p] - 0.5;
            int first = (int) Math.floor(at) - 1;
            for (int t = 0; t < TAPS; t++) {
                index[TAPS * p + t] = Math.max(0, Math.min(size - 1, first + t));
                weight[TAPS * p + t] = (float) cubic(Math.abs(at - (first + t)));
            }
        }
    }

    private static double cubic(double d) {
        if (d < 1) {
            return ((A + 2) * d - (A + 3)) * d * d + 1;
        }
        return d < 2 ? (((d - 5) * d + 8) * d - 4) * A : 0;
    }
}

package org.fovea.vit.hub;

import java.util.function.Function;

/**
 * MobileNetV1 in plain loops over doubles, one image, written from the paper and TensorFlow's notes on padding and sharing
 * nothing with the code under test; it asks for weights by the hub's names.
 */
final class PlainMobileNet {
    private static final double EPSILON = 0.001;
    private static final int[] STRIDES = {1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1};

    private final Function<String, double[]> weights;
    private final boolean same;

    PlainMobileNet(Function<String, double[]> weights, boolean same) {
        this.weights = weights;
        this.same = same;
    }

    /** The map after some layers, {@code [C][H][W]}. */
    double[][][] map(double[][][] image, int layers) {
        double[][][] x = layer("conv_stem", image, 3, 2, false);
        for (int i = 0; i < layers; i++) {
            boolean deep = i % 2 == 0;
            x = layer("layer." + i, x, deep ? 3 : 1, deep ? STRIDES[i / 2] : 1, deep);
        }
        return x;
    }

    private double[][][] layer(String name, double[][][] x, int kernel, int stride, boolean deep) {
        double[] w = weights.apply(name + ".convolution.weight");
        double[] scale = weights.apply(name + ".normalization.weight");
        double[] shift = weights.apply(name + ".normalization.bias");
        double[] mean = weights.apply(name + ".normalization.running_mean");
        double[] variance = weights.apply(name + ".normalization.running_var");
        int height = (x[0].length + stride - 1) / stride;
        int width = (x[0][0].length + stride - 1) / stride;
        int top = same ? before(x[0].length, height, kernel, stride) : kernel / 2;
        int left = same ? before(x[0][0].length, width, kernel, stride) : kernel / 2;
        double[][][] y = new double[scale.length][height][width];
        for (int o = 0; o < y.length; o++) {
            for (int i = 0; i < height; i++) {
                for (int j = 0; j < width; j++) {
                    double sum = 0;
                    for (int c = 0; c < (deep ? 1 : x.length); c++) {
                        double[][] plane = x[deep ? o : c];
                        for (int u = 0; u < kernel; u++) {
                            for (int v = 0; v < kernel; v++) {
                                int row = i * stride + u - top;
                                int column = j * stride + v - left;
                                if (row >= 0 && row < plane.length && column >= 0 && column < plane[0].length) {
                                    int at = ((o * (deep ? 1 : x.length) + c) * kernel + u) * kernel + v;
                                    sum += plane[row][column] * w[at];
                                }
                            }
                        }
                    }
                    double normed = (sum - mean[o]) / Math.sqrt(variance[o] + EPSILON) * scale[o] + shift[o];
                    y[o][i][j] = Math.min(6, Math.max(0, normed));
                }
            }
        }
        return y;
    }

    /** Of all padding that the result needs, the smaller half. */
    private static int before(int in, int out, int kernel, int stride) {
        return Math.max(0, (out - 1) * stride + kernel - in) / 2;
    }
}

package org.fovea.core.nn;

import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;

/**
 * Map from parameters θ to the places at which a {@link SpatialTransformer} samples an image: both kinds are linear, x_s =
 * M·θ_x and y_s = M·θ_y with a fixed matrix M of one row per pixel of the result.
 *
 * <p>Places are (x, y) with (-1, -1) the top-left and (1, 1) the bottom-right, as {@link org.fovea.core.graph.GridSample}
 * has them.
 */
public interface SamplingGrid {
    /** Height of the result, in pixels. */
    int height();

    /** Width of the result, in pixels. */
    int width();

    /** Returns whether ±1 are the centers of the corner pixels rather than their outer edges. */
    boolean alignCorners();

    /** Matrix M: {@code [height·width, parameters/2]}, float64. */
    Tensor matrix();

    /** Parameters θ of the identity, for which each pixel is sampled at its own position: {@code [parameters]}, float64. */
    Tensor identity();

    /** Number of parameters θ for an image. */
    default int parameters() {
        return (int) identity().shape().size();
    }

    /**
     * Adds the sampling positions.
     *
     * @param theta {@code [B, parameters]}: the parameters for x, then those for y
     * @return {@code [B, height, width, 2]}
     * @throws IllegalArgumentException when θ has another shape
     */
    default Value build(Value theta) {
        int count = parameters();
        if (theta.shape().rank() != 2 || theta.shape().dim(1) != count) {
            throw new IllegalArgumentException(
                    getClass().getSimpleName() + ": theta must be [B, " + count + "], got " + theta.shape());
        }
        int batch = theta.shape().dim(0);
        Value halves = theta.reshape(batch, 2, count / 2);
        double[] rows = matrix().toDoubles();
        Value places = null; // [B, 2, h·w]
        // No matrix product: in bfloat16 it would round positions by up to half a pixel of 224.
        for (int k = 0; k < count / 2; k++) {
            Value term = halves.slice(2, k, k + 1).multiply(theta.graph().constant(column(rows, k, count / 2)));
            places = places == null ? term : places.add(term);
        }
        return places.permute(0, 2, 1).reshape(batch, height(), width(), 2);
    }

    private static Tensor column(double[] matrix, int column, int columns) {
        double[] out = new double[matrix.length / columns];
        for (int i = 0; i < out.length; i++) {
            out[i] = matrix[i * columns + column];
        }
        return Tensor.of(out, 1, 1, out.length);
    }
}

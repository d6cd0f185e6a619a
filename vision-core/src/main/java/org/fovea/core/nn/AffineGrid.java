package org.fovea.core.nn;

import org.fovea.core.Check;
import org.fovea.core.tensor.Tensor;

/**
 * Affine places: (x_s, y_s) = A·(x_t, y_t, 1)ᵀ with A [2, 3] row by row as θ.
 *
 * @param height of the result, in pixels
 * @param width of the result, in pixels
 * @param alignCorners whether ±1 are the centers of the corner pixels or their outer edges
 * @see <a href="https://arxiv.org/abs/1506.02025">Jaderberg et al. 2015, equation 1</a>
 */
public record AffineGrid(int height, int width, boolean alignCorners) implements SamplingGrid {
    /** Checks the sizes. */
    public AffineGrid {
        Check.positive("AffineGrid: height", height);
        Check.positive("AffineGrid: width", width);
    }

    @Override
    public Tensor matrix() {
        double[] out = new double[3 * height * width];
        for (int place = 0; place < height * width; place++) {
            double[] at = PixelCenters.of(place, this);
            out[3 * place] = at[0];
            out[3 * place + 1] = at[1];
            out[3 * place + 2] = 1;
        }
        return Tensor.of(out, height * width, 3);
    }

    @Override
    public Tensor identity() {
        return Tensor.of(new double[] {1, 0, 0, 0, 1, 0}, 6);
    }
}

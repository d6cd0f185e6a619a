package org.fovea.core.nn;

import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;

/**
 * One learned factor per channel on a residual branch, and its folding into the linear map before it.
 *
 * <p>γ·(x·Wᵀ + b) = x·(diag(γ)·W)ᵀ + γ·b, so that at inference the factor costs nothing.
 *
 * @see <a href="https://arxiv.org/abs/2103.17239">Touvron et al. 2021, section 2.1</a>
 */
public final class LayerScale {
    private LayerScale() {}

    /** Adds the product with the weight {@code name} [width]. */
    public static Value build(Scope scope, String name, Value x) {
        return x.multiply(scope.parameter(name, x.shape().dim(-1)));
    }

    /**
     * Multiplies each row of a weight {@code [out, in]} or bias {@code [out]} by its factor, rounding to float32 once.
     *
     * @throws IllegalArgumentException when there is not one factor per row
     */
    public static Tensor fold(Tensor scale, Tensor weight) {
        int rows = weight.shape().dim(0);
        if (scale.shape().size() != rows) {
            throw new IllegalArgumentException(
                    "LayerScale: there must be one factor per row, got " + scale + " for " + weight);
        }
        double[] factors = scale.toDoubles();
        float[] out = weight.toFloats();
        int columns = out.length / rows;
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) (factors[i / columns] * out[i]);
        }
        return Tensor.of(out, weight.shape().toArray());
    }
}

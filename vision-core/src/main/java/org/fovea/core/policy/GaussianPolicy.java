package org.fovea.core.policy;

import org.fovea.core.graph.UnaryKind;
import org.fovea.core.graph.Value;

/**
 * A random point around a mean: π(l) = Π_d N(l_d; mean_d, σ). The random numbers are data, so that both backends draw alike
 * and a run repeats.
 *
 * @param mean {@code [..., D]}
 * @param deviation σ, above 0
 */
public record GaussianPolicy(Value mean, double deviation) {
    /** Checks the ranges. */
    public GaussianPolicy {
        if (!(deviation > 0 && deviation <= Double.MAX_VALUE) || mean.shape().rank() == 0) {
            throw new IllegalArgumentException(
                    "GaussianPolicy: the deviation must be finite and above 0 and the mean [..., D], got " + deviation
                            + " and " + mean.shape());
        }
    }

    /**
     * Draws from π: mean + σ·noise. No derivative flows through the point.
     *
     * @param normal of the mean's shape, standard normal; zeros give the mean
     * @return {@code [..., D]}
     * @throws IllegalArgumentException when the shapes differ
     */
    public Value sample(Value normal) {
        if (!normal.shape().equals(mean.shape())) {
            throw new IllegalArgumentException(
                    "GaussianPolicy: the noise must have the mean's shape " + mean.shape() + ", got " + normal.shape());
        }
        return mean.add(normal.affine(deviation, 0)).detach();
    }

    /** Log-probability log π(point) = -Σ_d (point_d - mean_d)²/(2σ²) - D·log(σ√(2π)): {@code [...]}. */
    public Value logProbability(Value point) {
        Value squares = point.subtract(mean).unary(UnaryKind.SQUARE).sum(false, -1);
        double each = Math.log(deviation * Math.sqrt(2 * Math.PI));
        return squares.affine(-0.5 / (deviation * deviation), -mean.shape().dim(-1) * each);
    }
}

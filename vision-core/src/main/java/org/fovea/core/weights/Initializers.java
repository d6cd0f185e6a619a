package org.fovea.core.weights;

import java.util.random.RandomGenerator;
import org.fovea.core.tensor.Shape;

/**
 * The usual initializers.
 *
 * <p>Fans follow PyTorch: a weight is {@code [out, in, ...]}; fan-in is {@code in}, fan-out {@code out}, each times the
 * product of the further axes (a convolution's window).
 */
public final class Initializers {
    /** Bounds of the truncated normal distribution, in standard deviations. */
    private static final double CUT = 2;

    private Initializers() {}

    /** All zeros. */
    public static Initializer zeros() {
        return constant(0);
    }

    /** All ones. */
    public static Initializer ones() {
        return constant(1);
    }

    /** The same value everywhere. */
    public static Initializer constant(float value) {
        return shape -> random -> value;
    }

    /**
     * Normal around 0; values beyond two standard deviations are drawn again.
     *
     * @param std standard deviation before truncation, at least 0; truncation reduces it to 0.880 of that
     * @throws IllegalArgumentException when {@code std} is negative or not finite
     */
    public static Initializer truncatedNormal(double std) {
        if (!(std >= 0 && std <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("truncatedNormal: std must be finite and at least 0, got " + std);
        }
        return shape -> random -> {
            double z = random.nextGaussian();
            while (Math.abs(z) > CUT) {
                z = random.nextGaussian();
            }
            return (float) (z * std);
        };
    }

    /**
     * Uniform in ±√(6 / (fan-in + fan-out)).
     *
     * @see <a href="https://proceedings.mlr.press/v9/glorot10a.html">Glorot and Bengio 2010, equation 16</a>
     */
    public static Initializer xavierUniform() {
        return shape -> uniform(Math.sqrt(6.0 / (fanIn(shape) + fanOut(shape))));
    }

    /**
     * Normal around 0 with standard deviation √(2 / fan-in).
     *
     * @see <a href="https://arxiv.org/abs/1502.01852">He et al. 2015, equation 10</a>
     */
    public static Initializer kaimingNormal() {
        return shape -> {
            double std = Math.sqrt(2.0 / fanIn(shape));
            return random -> (float) (random.nextGaussian() * std);
        };
    }

    /**
     * Uniform in ±√(6 / fan-in): the variance of {@link #kaimingNormal}.
     *
     * @see <a href="https://arxiv.org/abs/1502.01852">He et al. 2015, equation 10</a>
     */
    public static Initializer kaimingUniform() {
        return shape -> uniform(Math.sqrt(6.0 / fanIn(shape)));
    }

    private static Initializer.Draw uniform(double bound) {
        return (RandomGenerator random) -> (float) ((2 * random.nextDouble() - 1) * bound);
    }

    private static long fanIn(Shape shape) {
        return checkRank(shape).size() / shape.dim(0);
    }

    private static long fanOut(Shape shape) {
        return checkRank(shape).size() / shape.dim(1);
    }

    private static Shape checkRank(Shape shape) {
        if (shape.rank() < 2 || shape.size() == 0) {
            throw new IllegalArgumentException("initializer: fans need a weight [out, in, ...] with elements, got "
                    + shape + "; use zeros, ones or truncatedNormal");
        }
        return shape;
    }
}

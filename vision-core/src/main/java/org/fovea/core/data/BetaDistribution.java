package org.fovea.core.data;

import java.util.random.RandomGenerator;

/**
 * Numbers from Beta(alpha, alpha).
 *
 * @see <a href="https://doi.org/10.1145/358407.358414">Marsaglia and Tsang 2000</a>for gamma variates; a beta variate is
 *     computed from two of them
 */
final class BetaDistribution {
    private BetaDistribution() {}

    /** Draws from Beta(alpha, alpha): a number in [0, 1] with mean 0.5. */
    static double symmetric(double alpha, RandomGenerator random) {
        double a = logGamma(alpha, random);
        double b = logGamma(alpha, random);
        // Computed with logarithms, since both underflow for a small alpha.
        return 1 / (1 + Math.exp(b - a));
    }

    /** Draws the logarithm of a number from Gamma(shape, 1). */
    private static double logGamma(double shape, RandomGenerator random) {
        if (shape < 1) {
            return logGamma(shape + 1, random) + Math.log(1 - random.nextDouble()) / shape;
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = random.nextGaussian();
            double root = 1 + c * x;
            if (root > 0) {
                double v = root * root * root;
                if (Math.log(1 - random.nextDouble()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
                    return Math.log(d * v);
                }
            }
        }
    }
}

package org.fovea.core.policy;

import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Initializer;

/** The random numbers of graphs that sample, float32; a name and a seed decide them. */
public enum Noise {
    /** Uniform in [0, 1). */
    UNIFORM(shape -> random -> (float) random.nextDouble()),
    /** Normal with mean 0 and standard deviation 1; for {@link org.fovea.core.policy.GaussianPolicy}. */
    NORMAL(shape -> random -> (float) random.nextGaussian()),
    /** Gumbel, -log(-log u) for u uniform in (0, 1); for {@link org.fovea.core.policy.CategoricalPolicy}. */
    GUMBEL(shape -> random -> (float) -Math.log(-Math.log(1 - random.nextDouble() * (1 - Double.MIN_NORMAL))));

    private final Initializer distribution;

    Noise(Initializer distribution) {
        this.distribution = distribution;
    }

    /**
     * Draws a tensor of noise.
     *
     * @param name name of the use, such as the input's name and the step
     * @param seed seed of the whole run
     */
    public Tensor draw(String name, long seed, int... sizes) {
        return distribution.create(name, Shape.of(sizes), seed);
    }
}

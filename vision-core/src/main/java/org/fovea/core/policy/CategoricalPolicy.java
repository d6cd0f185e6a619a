package org.fovea.core.policy;

import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;

/**
 * A random choice among K things: π(k) = softmax(logits)_k. The random numbers are data, so that both backends choose alike
 * and a run repeats.
 *
 * <p>A choice is a row of K numbers, 1 for what was chosen and 0 elsewhere. Logits may be -∞ for what must not be chosen.
 *
 * @param logits {@code [..., K]}
 */
public record CategoricalPolicy(Value logits) {
    /** Replaces -∞, which would give NaN: e^-1e9 is 0 in every precision. */
    private static final double NEVER = -1e9;

    /** Checks the shape. */
    public CategoricalPolicy {
        if (logits.shape().rank() == 0 || logits.shape().dim(-1) == 0) {
            throw new IllegalArgumentException(
                    "CategoricalPolicy: logits must be [..., K] with K at least 1, got " + logits.shape());
        }
    }

    /**
     * Draws from π: the largest of logits + noise (the Gumbel-max trick). No derivative flows through the choice.
     *
     * @param gumbel of the logits' shape, -log(-log u) for u uniform in (0, 1); zeros choose the most likely category
     * @return {@code [..., K]}
     * @throws IllegalArgumentException when the shapes differ
     * @see <a href="https://arxiv.org/abs/1411.0030">Maddison et al. 2014, section 2</a>
     */
    public Value sample(Value gumbel) {
        if (!gumbel.shape().equals(logits.shape())) {
            throw new IllegalArgumentException("CategoricalPolicy: the noise must have the logits' shape "
                    + logits.shape() + ", got " + gumbel.shape());
        }
        return oneHot(logits.add(gumbel).argMax(-1));
    }

    /** Most likely category, the first of equal ones: {@code [...]}. */
    public Value mode() {
        return oneHot(logits.argMax(-1));
    }

    /** Log-probability log π of each category: {@code [..., K]}. */
    public Value logProbabilities() {
        return logits.maximum(logits.graph().fill(NEVER)).logSoftmax(-1);
    }

    /** Log-probability log π(choice): {@code [...]}. */
    public Value logProbability(Value choice) {
        return logProbabilities().multiply(choice).sum(false, -1);
    }

    /** Entropy -Σ_k π(k)·log π(k), at most log K: {@code [...]}. */
    public Value entropy() {
        Value log = logProbabilities();
        return log.exp().multiply(log).sum(false, -1).negate();
    }

    private Value oneHot(Value index) {
        int count = logits.shape().dim(-1);
        float[] identity = new float[count * count];
        for (int k = 0; k < count; k++) {
            identity[k * count + k] = 1;
        }
        return logits.graph().constant(Tensor.of(identity, count, count)).gather(0, index); // [..., K]
    }
}

package org.fovea.core.attention;

import org.fovea.core.graph.Value;

/** Sinkhorn's normalization: scores to a matrix whose rows and columns add up to 1. */
final class Sinkhorn {
    private Sinkhorn() {}

    /**
     * Exponential of the scores after {@code rounds} rounds of dividing each row by its sum and then each column, computed with
     * logarithms.
     *
     * @param scores {@code [..., n, n]}
     * @see <a href="https://arxiv.org/abs/1802.08665">Mena et al. 2018, section 2</a>
     */
    static Value normalize(Value scores, int rounds) {
        Value logs = scores;
        for (int i = 0; i < rounds; i++) {
            logs = logs.logSoftmax(-1).logSoftmax(-2);
        }
        return logs.exp();
    }
}

package org.fovea.core.attention;

import java.util.Optional;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Attended;

/** The last steps of every mechanism whose scores are not dot products. */
final class Reading {
    private Reading() {}

    /**
     * softmax(scores + Σ biases)·memory.
     *
     * @param scores {@code [B, N, M]}
     * @param memory {@code [B, M, E]}
     * @param biases each broadcasts to the scores
     * @return values {@code [B, N, E]}, weights {@code [B, N, M]}
     */
    static Attended of(Value scores, Value memory, boolean keepWeights, Value... biases) {
        Value biased = scores;
        for (Value bias : biases) {
            biased = biased.add(bias);
        }
        return weighted(biased.softmax(-1 + scores.shape().rank()), memory, keepWeights);
    }

    /** Σ weights·memory over the last axis of the weights. */
    static Attended weighted(Value weights, Value memory, boolean keepWeights) {
        return new Attended(weights.matmul(memory), keepWeights ? Optional.of(weights) : Optional.empty());
    }
}

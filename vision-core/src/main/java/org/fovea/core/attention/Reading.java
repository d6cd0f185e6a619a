package org.fovea.core.attention;

import java.util.List;
import java.util.Optional;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Attended;
import org.fovea.core.nn.ScaledDotProduct;

/** The last steps that mechanisms over sequences without heads share. */
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
        return weighted(softmax(scores, biases), memory, keepWeights);
    }

    /** softmax(scores + Σ biases) over the last axis. */
    static Value softmax(Value scores, Value... biases) {
        Value biased = scores;
        for (Value bias : biases) {
            biased = biased.add(bias);
        }
        return biased.softmax(-1);
    }

    /** Σ weights·memory over the last axis of the weights. */
    static Attended weighted(Value weights, Value memory, boolean keepWeights) {
        return new Attended(weights.matmul(memory), keepWeights ? Optional.of(weights) : Optional.empty());
    }

    /**
     * Dot-product attention in one head.
     *
     * @param queries {@code [B, N, D]}
     * @param keys {@code [B, M, D]}
     * @param values {@code [B, M, E]}
     * @param biases each broadcasts to {@code [B, N, M]}
     * @return values {@code [B, N, E]}, weights {@code [B, N, M]}
     */
    static Attended dotProduct(ScaledDotProduct op, Value queries, Value keys, Value values, List<Value> biases) {
        Value[] wide = biases.stream().map(Reading::withHead).toArray(Value[]::new);
        Attended read = op.build(withHead(queries), withHead(keys), withHead(values), wide);
        return new Attended(withoutHead(read.values()), read.weights().map(Reading::withoutHead));
    }

    /** [B, N, D] to [B, 1, N, D]; lower ranks broadcast as they are. */
    private static Value withHead(Value x) {
        return x.shape().rank() < 3
                ? x
                : x.reshape(x.shape().dim(0), 1, x.shape().dim(1), x.shape().dim(2));
    }

    private static Value withoutHead(Value x) {
        return x.reshape(x.shape().dim(0), x.shape().dim(2), x.shape().dim(3));
    }
}

package org.fovea.core.attention;

import java.util.List;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.ScaledDotProduct;
import org.fovea.core.nn.Scope;

/** Softmax attention and weighted sums: the last steps that mechanisms over sequences without heads share. */
final class SequenceOps {
    private SequenceOps() {}

    /**
     * Attention softmax(scores + Σ biases)·memory.
     *
     * @param scores {@code [B, N, M]}
     * @param memory {@code [B, M, E]}
     * @param biases each broadcasts to the scores
     * @return values {@code [B, N, E]}, weights {@code [B, N, M]}
     */
    static AttentionOutput of(Value scores, Value memory, Value... biases) {
        return weighted(softmax(scores, biases), memory);
    }

    /** Softmax of scores + Σ biases over the last axis. */
    static Value softmax(Value scores, Value... biases) {
        Value biased = scores;
        for (Value bias : biases) {
            biased = biased.add(bias);
        }
        return biased.softmax(-1);
    }

    /** Weighted sum of the memory, over the last axis of the weights. */
    static AttentionOutput weighted(Value weights, Value memory) {
        return AttentionOutput.of(weights.matmul(memory), () -> weights);
    }

    /**
     * Dot-product attention with one head.
     *
     * @param queries {@code [B, N, D]}
     * @param keys {@code [B, M, D]}
     * @param values {@code [B, M, E]}
     * @param biases each broadcasts to {@code [B, N, M]}
     * @return values {@code [B, N, E]}, weights {@code [B, N, M]}
     */
    static AttentionOutput dotProduct(
            Scope scope, ScaledDotProduct op, Value queries, Value keys, Value values, List<Value> biases) {
        Value[] wide = biases.stream().map(SequenceOps::withHead).toArray(Value[]::new);
        AttentionOutput read = op.build(scope, withHead(queries), withHead(keys), withHead(values), wide);
        return read.withValues(withoutHead(read.values())).mapWeights(SequenceOps::withoutHead);
    }

    /** Inserts an axis for heads: [B, N, D] to [B, 1, N, D]; lower ranks broadcast unchanged. */
    private static Value withHead(Value x) {
        return x.shape().rank() < 3
                ? x
                : x.reshape(x.shape().dim(0), 1, x.shape().dim(1), x.shape().dim(2));
    }

    private static Value withoutHead(Value x) {
        return x.reshape(x.shape().dim(0), x.shape().dim(2), x.shape().dim(3));
    }
}

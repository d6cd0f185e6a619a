package org.fovea.core.nn;

import org.fovea.core.Check;
import org.fovea.core.graph.Value;

/**
 * Attention in several heads to a memory whose keys and values are computed once, however often it is read: those of an
 * image, which every word and every beam of its caption reads.
 *
 * @param heads number of heads; divides the width of the queries
 * @param readers number of consecutive rows of queries that share a row of the memory
 */
public record PreparedCrossAttention(int heads, int readers) implements CrossAttention {
    /** Checks the sizes. */
    public PreparedCrossAttention {
        Check.positive("PreparedCrossAttention: heads", heads);
        Check.positive("PreparedCrossAttention: readers", readers);
    }

    /**
     * Adds the map to keys and values and its weights {@code key_value}.
     *
     * @param memory {@code [B, M, E]}
     * @param width of the queries
     * @return {@code [B, M, 2·width]}, keys before values
     */
    public static Value prepare(Scope scope, Value memory, int width) {
        return new LinearLayer(2 * width, true).build(scope.child("key_value"), memory);
    }

    /**
     * Adds the block and its weights {@code query} and {@code output}.
     *
     * @param queries {@code [B·readers, N, width]}
     * @param prepared {@code [B, M, 2·width]}, result of {@link #prepare}
     * @param biases each broadcasts to {@code [B, heads, readers·N, M]}
     * @return values {@code [B·readers, N, width]}, weights {@code [B·readers, heads, N, M]}
     */
    @Override
    public AttentionOutput build(Scope scope, Value queries, Value prepared, Value... biases) {
        int rows = queries.shape().dim(0);
        int tokens = queries.shape().dim(1);
        int width = queries.shape().dim(2);
        int batch = rows / readers;
        Value mapped = new LinearLayer(width, true).build(scope.child("query"), queries);
        Value q = Heads.split(mapped.reshape(batch, readers * tokens, width), heads); // [B, heads, readers·N, D]
        Value k = Heads.split(prepared.slice(2, 0, width), heads); // [B, heads, M, D]
        Value v = Heads.split(prepared.slice(2, width, 2 * width), heads);
        AttentionOutput read = MultiHeadAttention.attend(scope, q, k, v, biases);
        return read.withValues(read.values().reshape(rows, tokens, width)).mapWeights(w -> perReader(w, tokens));
    }

    /** Reshapes {@code [B, heads, readers·N, M]} to {@code [B·readers, heads, N, M]}. */
    private Value perReader(Value weights, int tokens) {
        int[] s = weights.shape().toArray();
        return readers == 1
                ? weights
                : weights.reshape(s[0], heads, readers, tokens, s[3])
                        .permute(0, 2, 1, 3, 4)
                        .reshape(s[0] * readers, heads, tokens, s[3]);
    }
}

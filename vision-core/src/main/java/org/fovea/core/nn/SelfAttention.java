package org.fovea.core.nn;

import org.fovea.core.graph.Value;

/**
 * Attention of tokens to each other, to be the first half of a {@link TransformerBlock}: global, windowed, with relative
 * positions, or with a cache of earlier keys and values.
 */
@FunctionalInterface
public interface SelfAttention {
    /**
     * Adds the mechanism and its weights.
     *
     * @param tokens {@code [B, N, width]}, or a grid {@code [B, H, W, width]} where the mechanism asks for one
     * @param biases masks and the like, added to the scores; each broadcasts to their shape, such as {@code [B, heads, N, N]}
     * @return values of the shape of the tokens
     */
    AttentionOutput build(Scope scope, Value tokens, Value... biases);

    /**
     * Adds the mechanism for the first tokens alone: all are attended to, only those attend. Unless a mechanism knows a cheaper
     * way, all attend and the others are left out.
     *
     * @param tokens {@code [B, N, width]}
     * @param queries number of tokens that attend, from the first
     * @param biases as above; an axis of queries has {@code queries} entries or 1
     * @return values {@code [B, queries, width]}, weights {@code [B, heads, queries, N]}
     * @throws IllegalArgumentException when there are biases and the mechanism has no cheaper way
     */
    default AttentionOutput build(Scope scope, Value tokens, int queries, Value... biases) {
        if (queries == tokens.shape().dim(1)) {
            return build(scope, tokens, biases);
        }
        if (biases.length > 0) {
            throw new IllegalArgumentException(getClass().getSimpleName()
                    + ": with biases every token must attend, got " + queries + " queries of " + tokens.shape());
        }
        AttentionOutput all = build(scope, tokens);
        return all.withValues(all.values().slice(1, 0, queries)).mapWeights(w -> w.slice(2, 0, queries));
    }
}

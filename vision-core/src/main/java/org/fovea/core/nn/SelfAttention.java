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
     * @param tokens {@code [B, N, width]}, or a grid {@code [B, H, W, width]} if the mechanism requires one
     * @param biases masks or other biases, added to the scores; each broadcasts to their shape, such as {@code [B, heads, N,
     *     N]}
     * @return values of the shape of the tokens
     */
    AttentionOutput build(Scope scope, Value tokens, Value... biases);

    /**
     * Adds the mechanism for the first tokens only: they attend to all tokens, and the others do not attend. By default, all
     * tokens attend and the others are dropped.
     *
     * @param tokens {@code [B, N, width]}
     * @param queries number of tokens that attend, from the first
     * @param biases masks or other biases; an axis of queries has {@code queries} entries or 1
     * @return values {@code [B, queries, width]}, weights {@code [B, heads, queries, N]}
     * @throws IllegalArgumentException when there are biases and the mechanism does not override this
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

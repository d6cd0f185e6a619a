package org.fovea.core.nn;

import org.fovea.core.Check;
import org.fovea.core.graph.Value;

/**
 * Self-attention in several heads over the tokens at hand and those that a cache remembers, with the weights of {@link
 * MultiHeadSelfAttention}.
 *
 * @param heads number of heads; divides the width of the tokens
 * @param cache cache, whose states are called {@code key} and {@code value} below the scope
 */
public record CachedSelfAttention(int heads, KeyValueCache cache) implements SelfAttention {
    /** Checks the size. */
    public CachedSelfAttention {
        Check.positive("CachedSelfAttention: heads", heads);
    }

    /**
     * Adds the block and its weights.
     *
     * @param x {@code [B, N, width]}
     * @param biases each broadcasts to {@code [B, heads, N, M]}
     * @return values {@code [B, N, width]}, weights {@code [B, heads, N, M]} for M tokens in the cache
     */
    @Override
    public AttentionOutput build(Scope scope, Value x, Value... biases) {
        int width = x.shape().dim(2);
        Value qkv = new LinearLayer(3 * width, true).build(scope.child("qkv"), x); // [B, N, 3·width]
        Value q = Heads.split(qkv.slice(2, 0, width), heads); // [B, heads, N, D]
        Value k = Heads.split(qkv.slice(2, width, 2 * width), heads);
        Value v = Heads.split(qkv.slice(2, 2 * width, 3 * width), heads);
        return MultiHeadAttention.attend(
                scope, q, cache.extend(scope.name("key"), k), cache.extend(scope.name("value"), v), biases);
    }
}

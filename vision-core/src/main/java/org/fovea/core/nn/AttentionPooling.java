package org.fovea.core.nn;

import org.fovea.core.Check;
import org.fovea.core.graph.Value;

/**
 * Pooling by attention: one learned query reads all tokens, then y + feedForward(norm(y)).
 *
 * @param heads number of heads; divides the width of the tokens
 * @param epsilon of the layer norm
 * @see <a href="https://arxiv.org/abs/1810.00825">Lee et al. 2019, section 3.2, pooling by multihead attention</a>
 * @see <a href="https://arxiv.org/abs/2106.04560">Zhai et al. 2022, section 3.3, in vision transformers</a>
 */
public record AttentionPooling(int heads, FeedForward feedForward, double epsilon) {
    /** Checks the size. */
    public AttentionPooling {
        Check.positive("AttentionPooling: heads", heads);
    }

    /**
     * Adds the block and its weights {@code latent} [1, 1, width], {@code query}, {@code key_value} [2·width, width], {@code
     * output}, {@code norm} and {@code feed_forward}.
     *
     * @param tokens {@code [B, N, width]}
     * @return values {@code [B, width]}, weights {@code [B, heads, 1, N]}
     */
    public AttentionOutput build(Scope scope, Value tokens) {
        int width = tokens.shape().dim(2);
        scope.enter();
        Value latent =
                scope.parameter("latent", 1, 1, width).broadcast(tokens.shape().with(1, 1)); // [B, 1, width]
        Value q = new LinearLayer(width, true).build(scope.child("query"), latent);
        Value kv = new LinearLayer(2 * width, true).build(scope.child("key_value"), tokens); // [B, N, 2·width]
        AttentionOutput read = MultiHeadAttention.attend(
                scope,
                Heads.split(q, heads),
                Heads.split(kv.slice(2, 0, width), heads),
                Heads.split(kv.slice(2, width, 2 * width), heads));
        Value y = read.values(); // [B, 1, width]
        Value normed = new LayerNormLayer(epsilon).build(scope.child("norm"), y);
        Value out = feedForward.build(scope.child("feed_forward"), normed).add(y);
        return read.withValues(out.reshape(tokens.shape().dim(0), width)); // [B, width]
    }
}

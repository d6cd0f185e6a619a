package org.fovea.core.nn;

import org.fovea.core.graph.Value;

/**
 * A transformer block: x + s₁·attention(norm₁(x)), then x + s₂·feedForward(norm₂(x)); or, with the norms after the sums,
 * norm₁(x + s₁·attention(x)), then norm₂(x + s₂·feedForward(x)); {@link NormPlacement} says more.
 *
 * @param epsilon of both layer norms
 * @param layerScale place of the factors s₁ and s₂
 * @param norms place of the norms
 * @see <a href="https://arxiv.org/abs/2010.11929">Dosovitskiy et al. 2021, equations 2 and 3</a>
 * @see <a href="https://arxiv.org/abs/1706.03762">Vaswani et al. 2017, section 3.1, for post-norm</a>
 */
public record TransformerBlock(
        SelfAttention attention, FeedForward feedForward, double epsilon, Scaling layerScale, NormPlacement norms) {
    /** Placement of the factors of {@link LayerScale}. */
    public enum Scaling {
        /** No factors, or they are folded into the weights. */
        NONE,
        /** Factors are separate weights: {@code scale1} and {@code scale2}. */
        WEIGHTS
    }

    /** Creates a pre-norm block. */
    public TransformerBlock(SelfAttention attention, FeedForward feedForward, double epsilon, Scaling layerScale) {
        this(attention, feedForward, epsilon, layerScale, NormPlacement.BEFORE);
    }

    /**
     * Adds the block and its weights to tokens.
     *
     * @param x {@code [B, N, width]}, or a grid if the attention requires one
     * @param biases masks or other biases, added to the scores of attention
     */
    public AttentionOutput build(Scope scope, Value x, Value... biases) {
        return build(scope, x, x.shape().dim(1), biases);
    }

    /**
     * Adds the block and its weights to tokens {@code [B, N, width]}, but computes only the first of them: the last block need
     * not compute tokens that the head never reads.
     *
     * @param kept number of tokens of the result
     * @param biases masks or other biases, added to the scores; each broadcasts to {@code [B, heads, kept, N]}
     */
    public AttentionOutput build(Scope scope, Value x, int kept, Value... biases) {
        LayerNormLayer norm = new LayerNormLayer(epsilon);
        Scope norm1 = scope.child("norm1");
        Scope norm2 = scope.child("norm2");
        boolean compact = norms == NormPlacement.COMPACT;
        Scope first = scope.child("attention").enter();
        AttentionOutput read = attention.build(first, norms.enter(norm, norm1, x), kept, biases);
        Value path = kept < x.shape().dim(1) ? x.slice(1, 0, kept) : x;
        Value sum =
                branch(scope, "scale1", norms.end(norm, norm1, read.values())).add(path); // [B, kept, width]
        Value y = norms.leave(norm, norm1, sum);
        Scope second = scope.child("feed_forward").enter();
        y = compact ? norm.build(norm2, y) : y;
        Value fed = feedForward.build(second, compact ? y : norms.enter(norm, norm2, y));
        return read.withValues(norms.leave(
                norm,
                norm2,
                branch(scope, "scale2", norms.end(norm, norm2, fed)).add(y)));
    }

    /** Result of a residual branch. */
    private Value branch(Scope scope, String scale, Value y) {
        Value scaled = layerScale == Scaling.WEIGHTS ? LayerScale.build(scope, scale, y) : y;
        return scope.stochasticDepth(scope.dropout(scaled));
    }
}

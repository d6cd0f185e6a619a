package org.fovea.core.nn;

import org.fovea.core.graph.Value;

/**
 * A transformer block: x + s₁·attention(norm₁(x)), then x + s₂·feedForward(norm₂(x)); or, with the norms after the sums,
 * norm₁(x + s₁·attention(x)), then norm₂(x + s₂·feedForward(x)).
 *
 * @param epsilon of both layer norms
 * @param layerScale how the factors s₁ and s₂ enter
 * @param norms where the norms are
 * @see <a href="https://arxiv.org/abs/2010.11929">Dosovitskiy et al. 2021, equations 2 and 3</a>
 * @see <a href="https://arxiv.org/abs/1706.03762">Vaswani et al. 2017, section 3.1, for the norms after the sums</a>
 */
public record TransformerBlock(
        MultiHeadSelfAttention attention,
        FeedForward feedForward,
        double epsilon,
        Scaling layerScale,
        NormPlacement norms) {
    /** Where the factors of {@link LayerScale} are. */
    public enum Scaling {
        /** There are none, or they are folded into the weights. */
        NONE,
        /** They are weights of their own: {@code scale1} and {@code scale2}. */
        WEIGHTS
    }

    /** A block with the norms before attention and feed-forward. */
    public TransformerBlock(
            MultiHeadSelfAttention attention, FeedForward feedForward, double epsilon, Scaling layerScale) {
        this(attention, feedForward, epsilon, layerScale, NormPlacement.BEFORE);
    }

    /** Adds the block and its weights to tokens {@code [B, N, width]}. */
    public Attended build(Scope scope, Value x) {
        return build(scope, x, x.shape().dim(1));
    }

    /**
     * Adds the block and its weights to tokens {@code [B, N, width]}, but carries on only the first of them: a last block
     * need not compute tokens that the head never reads.
     *
     * @param kept how many tokens the result has
     */
    public Attended build(Scope scope, Value x, int kept) {
        return build(scope, x, kept, Drops.none(), DropRates.none());
    }

    /**
     * Adds the block for training.
     *
     * @param kept how many tokens the result has
     * @param rates of this block
     * @param biases masks and the like, added to the scores; each broadcasts to {@code [B, heads, kept, N]}
     */
    public Attended build(Scope scope, Value x, int kept, Drops drops, DropRates rates, Value... biases) {
        LayerNormLayer norm = new LayerNormLayer(epsilon);
        Scope first = scope.child("attention").enter();
        Attended attended = attention.build(
                first, norms.enter(norm, scope.child("norm1"), x), kept, drops, rates.attention(), biases);
        Value read = kept < x.shape().dim(1) ? x.slice(1, 0, kept) : x;
        Value mixed = drops.elements(scaled(scope, "scale1", attended.values()), rates.dropout());
        Value sum = drops.images(mixed, rates.path()).add(read); // [B, kept, width]
        Value y = norms.leave(norm, scope.child("norm1"), sum);
        Scope second = scope.child("feed_forward").enter();
        Value fed = feedForward.build(second, norms.enter(norm, scope.child("norm2"), y));
        Value shifted = drops.elements(scaled(scope, "scale2", fed), rates.dropout());
        Value out = drops.images(shifted, rates.path()).add(y);
        return new Attended(norms.leave(norm, scope.child("norm2"), out), attended.weights());
    }

    private Value scaled(Scope scope, String name, Value branch) {
        return layerScale == Scaling.WEIGHTS ? LayerScale.build(scope, name, branch) : branch;
    }
}

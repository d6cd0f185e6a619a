package org.fovea.core.nn;

import org.fovea.core.graph.Value;

/**
 * The transformer block of the compact transformers: y = norm₂(x + attention(norm₁(x))), then y + feedForward(y). Unlike in
 * {@link TransformerBlock} the second residual path starts after its norm, as in the authors' code.
 *
 * @param epsilon of both layer norms
 * @see <a href="https://arxiv.org/abs/2104.05704">Hassani et al. 2021</a>
 */
public record CompactBlock(MultiHeadSelfAttention attention, FeedForward feedForward, double epsilon) {
    /**
     * Adds the block and its weights to tokens {@code [B, N, width]}.
     *
     * @param rates of this block
     */
    public Attended build(Scope scope, Value x, Drops drops, DropRates rates) {
        LayerNormLayer norm = new LayerNormLayer(epsilon);
        Scope first = scope.child("attention").enter();
        Attended attended = attention.build(
                first, norm.build(scope.child("norm1"), x), x.shape().dim(1), drops, rates.attention());
        Value mixed = drops.elements(attended.values(), rates.dropout());
        Value sum = drops.images(mixed, rates.path()).add(x); // [B, N, width]
        Scope second = scope.child("feed_forward").enter();
        Value y = norm.build(scope.child("norm2"), sum);
        Value fed = drops.elements(feedForward.build(second, y), rates.dropout());
        return new Attended(drops.images(fed, rates.path()).add(y), attended.weights());
    }
}

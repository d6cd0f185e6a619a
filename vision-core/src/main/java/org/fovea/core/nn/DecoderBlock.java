package org.fovea.core.nn;

import org.fovea.core.graph.Value;

/**
 * The decoder's block of the Transformer: self-attention over what has been written, attention to the memory, feed-forward;
 * each a residual branch with a layer norm.
 *
 * @param self over the target; the caller's biases make it causal ({@link Masks#causal})
 * @param cross from the target to the memory
 * @param epsilon of the three layer norms
 * @param norms where they are
 * @see <a href="https://arxiv.org/abs/1706.03762">Vaswani et al. 2017, section 3.1</a>
 */
public record DecoderBlock(
        MultiHeadSelfAttention self,
        MultiHeadAttention cross,
        FeedForward feedForward,
        double epsilon,
        NormPlacement norms) {
    /**
     * Adds the block and its weights.
     *
     * @param target {@code [B, T, width]}
     * @param memory {@code [B, S, E]}
     * @param rates of this block; path is not used
     * @param targetBias added to the scores of self-attention; broadcasts to {@code [B, heads, T, T]}
     * @param memoryBiases added to the scores of cross-attention; each broadcasts to {@code [B, heads, T, S]}
     * @return values {@code [B, T, width]}, weights of cross-attention {@code [B, heads, T, S]} where it keeps them
     */
    public Attended build(
            Scope scope,
            Value target,
            Value memory,
            Drops drops,
            DropRates rates,
            Value targetBias,
            Value... memoryBiases) {
        LayerNormLayer norm = new LayerNormLayer(epsilon);
        Scope first = scope.child("norm1");
        Value read = norms.enter(norm, first, target);
        Value own = self.build(
                        scope.child("attention").enter(),
                        read,
                        read.shape().dim(1),
                        drops,
                        rates.attention(),
                        targetBias)
                .values();
        Value x = norms.leave(norm, first, drops.elements(own, rates.dropout()).add(target)); // [B, T, width]
        Scope second = scope.child("norm2");
        Attended seen = cross.build(
                scope.child("cross").enter(),
                norms.enter(norm, second, x),
                memory,
                drops,
                rates.attention(),
                memoryBiases);
        x = norms.leave(
                norm, second, drops.elements(seen.values(), rates.dropout()).add(x));
        Scope third = scope.child("norm3");
        Value fed = feedForward.build(scope.child("feed_forward").enter(), norms.enter(norm, third, x));
        x = norms.leave(norm, third, drops.elements(fed, rates.dropout()).add(x));
        return new Attended(x, seen.weights());
    }
}

package org.fovea.core.nn;

import java.util.List;
import org.fovea.core.Check;
import org.fovea.core.graph.Value;

/**
 * The decoder's block of the Transformer: self-attention over what has been written, attention to the memory, feed-forward;
 * each a residual branch with a layer norm.
 *
 * @param self self-attention over the target; causal if the caller passes {@link Masks#causal} as a bias
 * @param cross cross-attention from the target to the memory
 * @param epsilon of the three layer norms
 * @param norms place of the norms
 * @see <a href="https://arxiv.org/abs/1706.03762">Vaswani et al. 2017, section 3.1</a>
 */
public record DecoderBlock(
        SelfAttention self, CrossAttention cross, FeedForward feedForward, double epsilon, NormPlacement norms) {
    /** Checks the placement. */
    public DecoderBlock {
        Check.that(norms != NormPlacement.COMPACT, "DecoderBlock: norms", "be BEFORE or AFTER", norms);
    }

    /**
     * Adds the block and its weights.
     *
     * @param target {@code [B, T, width]}
     * @param memory {@code [B, S, E]}
     * @param targetBiases added to the scores of self-attention; each broadcasts to {@code [B, heads, T, T]}
     * @param memoryBiases added to the scores of cross-attention; each broadcasts to {@code [B, heads, T, S]}
     * @return values {@code [B, T, width]}, weights {@code self} {@code [B, heads, T, T]} and {@code cross} {@code [B, heads, T,
     *     S]}
     */
    public AttentionOutput build(
            Scope scope, Value target, Value memory, List<Value> targetBiases, Value... memoryBiases) {
        LayerNormLayer norm = new LayerNormLayer(epsilon);
        Scope first = scope.child("norm1");
        Value entering = norms.enter(norm, first, target);
        AttentionOutput own =
                self.build(scope.child("attention").enter(), entering, targetBiases.toArray(Value[]::new));
        Value x = norms.leave(norm, first, branch(scope, own.values()).add(target)); // [B, T, width]
        Scope second = scope.child("norm2");
        AttentionOutput seen =
                cross.build(scope.child("cross").enter(), norms.enter(norm, second, x), memory, memoryBiases);
        x = norms.leave(norm, second, branch(scope, seen.values()).add(x));
        Scope third = scope.child("norm3");
        Value fed = feedForward.build(scope.child("feed_forward").enter(), norms.enter(norm, third, x));
        x = norms.leave(norm, third, branch(scope, fed).add(x));
        return AttentionOutput.of(x).with("self", own).with("cross", seen);
    }

    private static Value branch(Scope scope, Value y) {
        return scope.stochasticDepth(scope.dropout(y));
    }
}

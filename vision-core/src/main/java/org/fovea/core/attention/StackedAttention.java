package org.fovea.core.attention;

import org.fovea.core.Check;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.Scope;

/**
 * Attention of a question to an image's regions, several times over: h = tanh(W_I v_i ⊕ (W_Q u + b)), p = softmax(w·h), u ← Σ_i
 * p_i v_i + u, from u = q. The scores are those of {@link AdditiveAttention}.
 *
 * <p>Departure from the paper: the bias of w, which the softmax takes out again, is left out.
 *
 * @param hidden number of rows of W_I and W_Q
 * @param layers number of attention layers; 2 in the paper
 * @see <a href="https://arxiv.org/abs/1511.02274">Yang et al. 2016, section 3.3</a>
 */
public record StackedAttention(int hidden, int layers) {
    /** Checks the sizes. */
    public StackedAttention {
        Check.positive("StackedAttention: hidden", hidden);
        Check.positive("StackedAttention: layers", layers);
    }

    /**
     * Adds the block; weights of layer i are below {@code layers.i}.
     *
     * @param regions {@code [B, M, C]}
     * @param question {@code [B, C]}
     * @return values {@code [B, C]}, the question refined by the attended regions, weights {@code layers.i} {@code [B, M]}
     * @throws IllegalArgumentException when the shapes do not fit
     */
    public AttentionOutput build(Scope scope, Value regions, Value question) {
        int batch = regions.shape().dim(0);
        int width = regions.shape().dim(-1);
        if (regions.shape().rank() != 3
                || question.shape().rank() != 2
                || question.shape().dim(0) != batch
                || question.shape().dim(1) != width) {
            throw new IllegalArgumentException(
                    "StackedAttention: regions must be [B, M, C] and the question [B, C], which are added, got "
                            + regions.shape() + " and " + question.shape() + "; map one to the other's width first");
        }
        int count = regions.shape().dim(1);
        AttentionOutput out = AttentionOutput.of(question.reshape(batch, 1, width)); // [B, 1, C]
        for (int i = 0; i < layers; i++) {
            AttentionOutput read = new AdditiveAttention(hidden).build(scope.child("layers", i), out.values(), regions);
            out = out.withValues(read.values().add(out.values()))
                    .with("layers." + i, () -> read.weights().reshape(batch, count)); // [B, M]
        }
        return out.withValues(out.values().reshape(batch, width));
    }
}

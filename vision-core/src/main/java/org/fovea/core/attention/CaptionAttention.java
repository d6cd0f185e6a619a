package org.fovea.core.attention;

import org.fovea.core.graph.UnaryKind;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.Scope;

/**
 * Soft attention of a caption's words to an image's places: e_i = vᵀtanh(W h + U a_i + b), α = softmax, z = β·Σ_i α_i a_i, the gate
 * β = σ(w·h + c) a number that lets a word do without the image.
 *
 * <p>Queries are the decoder's states before each word, the memory the image's features {@code [B, L, E]}. Its weights are those
 * of {@link AdditiveAttention}, {@code gate.weight} [1, C] and {@code gate.bias}.
 *
 * @param hidden units of the alignment model
 * @see <a href="https://arxiv.org/abs/1502.03044">Xu et al. 2015, sections 3.1.2, 4.2 and 4.2.1</a>
 */
public record CaptionAttention(int hidden) implements SequenceAttention {
    /** Checks the size. */
    public CaptionAttention {
        new AdditiveAttention(hidden);
    }

    @Override
    public Value project(Scope scope, Value memory) {
        return alignment().project(scope, memory);
    }

    @Override
    public AttentionOutput attend(Scope scope, Value queries, Value projected, Value memory, Value... biases) {
        AttentionOutput read = alignment().attend(scope, queries, projected, memory, biases);
        Value gate =
                new LinearLayer(1, true).build(scope.child("gate"), queries).sigmoid(); // [B, N, 1]
        return read.withValues(read.values().multiply(gate));
    }

    /**
     * "Doubly stochastic" penalty: the mean over images of λ·Σ_i (1 - Σ_t α_ti)², small if the attention to every position sums
     * to about 1 over the whole caption.
     *
     * @param weights {@code [B, T, L]}
     * @return scalar, to be added to the loss
     */
    public static Value penalty(Value weights, double lambda) {
        Value missed = weights.sum(false, 1).affine(-1, 1); // [B, L]
        return missed.unary(UnaryKind.SQUARE).sum(false, 1).mean(false, 0).affine(lambda, 0);
    }

    private AdditiveAttention alignment() {
        return new AdditiveAttention(hidden);
    }
}

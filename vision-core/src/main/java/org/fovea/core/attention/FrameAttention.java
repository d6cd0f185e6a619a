package org.fovea.core.attention;

import org.fovea.core.Check;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.Scope;

/**
 * Soft attention over the frames of a clip: e_t = vᵀtanh(W f_t + b), α = softmax over t, y = Σ_t α_t f_t.
 *
 * <p>Departure from the paper: no state of a decoder asks; where one does it is {@link AdditiveAttention} over the frames.
 *
 * @param hidden the number of units of the scores
 * @see <a href="https://arxiv.org/abs/1502.08029">Yao et al. 2015, section 3.2</a>
 */
public record FrameAttention(int hidden) {
    /** Checks the size. */
    public FrameAttention {
        Check.positive("FrameAttention: hidden", hidden);
    }

    /**
     * Adds the mechanism and its weights {@code frames} and {@code score.weight} [1, hidden].
     *
     * @param frames {@code [B, T, C]}
     * @param biases masks or other biases; each broadcasts to {@code [B, 1, T]}
     * @return values {@code [B, C]}, weights {@code [B, T]}
     * @throws IllegalArgumentException unless the frames have three axes
     */
    public AttentionOutput build(Scope scope, Value frames, Value... biases) {
        Check.that(frames.shape().rank() == 3, "FrameAttention: frames", "be [B, T, C]", frames.shape());
        int batch = frames.shape().dim(0);
        int count = frames.shape().dim(1);
        Value units = new LinearLayer(hidden, true)
                .build(scope.child("frames"), frames)
                .tanh(); // [B, T, hidden]
        Value scores =
                new LinearLayer(1, false).build(scope.child("score"), units).reshape(batch, 1, count);
        AttentionOutput read = SequenceOps.of(scores, frames, biases);
        return AttentionOutput.of(read.values().reshape(batch, frames.shape().dim(2)), () -> read.weights()
                .reshape(batch, count));
    }
}

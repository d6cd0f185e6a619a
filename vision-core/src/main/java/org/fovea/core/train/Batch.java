package org.fovea.core.train;

import org.fovea.core.tensor.Tensor;

/**
 * Images and what they show.
 *
 * @param pixels {@code [B, C, H, W]}, float32, normalised
 * @param targets {@code [B, K]}, probabilities
 * @param count how many rows count: fewer than B in the last batch of an evaluation
 */
public record Batch(Tensor pixels, Tensor targets, int count) {
    /** Checks that sizes agree. */
    public Batch {
        if (pixels.shape().rank() != 4
                || targets.shape().rank() != 2
                || pixels.shape().dim(0) != targets.shape().dim(0)) {
            throw new IllegalArgumentException(
                    "Batch: pixels must be [B, C, H, W] and targets [B, K], got " + pixels + " and " + targets);
        }
        if (count < 1 || count > pixels.shape().dim(0)) {
            throw new IllegalArgumentException("Batch: the rows that count must be from 1 to "
                    + pixels.shape().dim(0) + ", got " + count);
        }
    }
}

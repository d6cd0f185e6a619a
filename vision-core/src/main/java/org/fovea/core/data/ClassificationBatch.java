package org.fovea.core.data;

import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Tensor;

/**
 * Images and what they show; the tensors and the array are the receiver's.
 *
 * @param pixels {@code [B, C, H, W]}, float32, normalized as the source defines
 * @param targets {@code [B, K]}, float32, a probability distribution over the classes in each row; one-hot unless images were
 *     mixed
 * @param labels class of each of the B images before any mixing, 0 to K - 1
 */
public record ClassificationBatch(Tensor pixels, Tensor targets, int[] labels) {
    /**
     * Checks that the three parts are consistent.
     *
     * @throws IllegalArgumentException when they do not
     */
    public ClassificationBatch {
        boolean images = pixels.dtype() == DType.F32 && pixels.shape().rank() == 4;
        boolean rows = targets.dtype() == DType.F32 && targets.shape().rank() == 2;
        if (!images
                || !rows
                || pixels.shape().dim(0) != labels.length
                || targets.shape().dim(0) != labels.length) {
            throw new IllegalArgumentException(
                    "ClassificationBatch: pixels must be F32 [B, C, H, W], targets F32 [B, K] and labels B"
                            + " numbers, got " + pixels + ", " + targets + " and " + labels.length + " labels");
        }
    }

    /** The number of images, B. */
    public int count() {
        return labels.length;
    }
}

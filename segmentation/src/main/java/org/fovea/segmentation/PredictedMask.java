package org.fovea.segmentation;

import org.fovea.core.tensor.Tensor;

/** A mask that a model made for a prompt, with what it thinks of it. Immutable. */
public final class PredictedMask {
    private final BinaryMask mask;
    private final double predictedIou;
    private final double stability;
    private final Tensor logits;

    PredictedMask(BinaryMask mask, double predictedIou, double stability, Tensor logits) {
        this.mask = mask;
        this.predictedIou = predictedIou;
        this.stability = stability;
        this.logits = logits;
    }

    /** Mask at the image's own size. */
    public BinaryMask mask() {
        return mask;
    }

    /** Predicted intersection over union with the intended object, about 0 to 1. */
    public double predictedIou() {
        return predictedIou;
    }

    /**
     * Intersection over union of the masks at two thresholds around 0 (logits of 1 and -1 by default), 0 to 1: high where the
     * mask depends little on the threshold; NaN where both are empty.
     */
    public double stability() {
        return stability;
    }

    /** Low-resolution logits of the model, {@code [S, S]} over the padded image, for {@link Prompt#from}. */
    public Tensor logits() {
        return logits;
    }

    /** Copy whose mask has its small regions removed. */
    PredictedMask with(BinaryMask other) {
        return new PredictedMask(other, predictedIou, stability, logits);
    }

    /** Quality and size of the mask. */
    @Override
    public String toString() {
        return "PredictedMask: predicted IoU " + predictedIou + ", stability " + stability + ", " + mask;
    }
}

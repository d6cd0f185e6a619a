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

    /** The mask at the image's own size. */
    public BinaryMask mask() {
        return mask;
    }

    /** The intersection over union with what is meant, as the model predicts it; about 0 to 1. */
    public double predictedIou() {
        return predictedIou;
    }

    /**
     * The intersection over union of the mask cut at a logit of 1 and at -1, 0 to 1: how little it depends on the threshold. NaN where
     * both are empty.
     */
    public double stability() {
        return stability;
    }

    /** The model's own logits, {@code [S, S]} of the padded image, for {@link Prompt#from}. */
    public Tensor logits() {
        return logits;
    }

    /** This mask with small regions changed. */
    PredictedMask with(BinaryMask other) {
        return new PredictedMask(other, predictedIou, stability, logits);
    }

    /** The quality and the mask's size. */
    @Override
    public String toString() {
        return "PredictedMask: predicted IoU " + predictedIou + ", stability " + stability + ", " + mask;
    }
}

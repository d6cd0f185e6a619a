package org.fovea.core.train;

import org.fovea.core.FoveaException;

/** Thrown when the loss or the norm of the gradients is infinite or no number; no parameter was changed by that step. */
public final class NonFiniteLossException extends FoveaException {
    private static final long serialVersionUID = 1;

    private final long step;
    private final double learningRate;
    private final String tensor;

    NonFiniteLossException(long step, double learningRate, double loss, double norm, String tensor) {
        super("training: loss and gradient norm must be finite, got " + loss + " and " + norm + " at step " + step
                + ", learning rate " + learningRate + "; the first tensor that is not finite: " + tensor
                + ". The last checkpoint is intact: lower the learning rate, lengthen the warm-up or clip gradients,"
                + " and resume.");
        this.step = step;
        this.learningRate = learningRate;
        this.tensor = tensor;
    }

    /** Number of the update that failed, from 1. */
    public long step() {
        return step;
    }

    /** Learning rate of the step. */
    public double learningRate() {
        return learningRate;
    }

    /** First tensor that is not finite, in the order data, parameters, forward, gradients. */
    public String tensor() {
        return tensor;
    }
}

package org.fovea.core.train;

import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;

/** What training makes smaller. */
@FunctionalInterface
public interface LossFunction {
    /**
     * Adds the loss to a graph.
     *
     * @param model with the outputs of its builder, {@link TrainableModel#LOGITS} among them
     * @param targets {@code [B, K]}
     * @return a value of one element
     */
    Value build(Graph model, Value targets);

    /** {@link Losses#crossEntropy} of the logits. */
    static LossFunction crossEntropy(double smoothing) {
        return (model, targets) -> Losses.crossEntropy(model.outputs().get(TrainableModel.LOGITS), targets, smoothing);
    }

    /** {@link Losses#binaryCrossEntropy} of the logits. */
    static LossFunction binaryCrossEntropy() {
        return (model, targets) -> Losses.binaryCrossEntropy(model.outputs().get(TrainableModel.LOGITS), targets);
    }
}

package org.fovea.core.train;

import java.util.Map;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Value;
import org.fovea.core.metric.Metrics;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Parameters;

/**
 * A learning task as {@link Trainer} sees it: a loss, the inputs of a batch, and a score.
 *
 * <p>Training in phases, such as cross-entropy first and a policy gradient then, is one task for each phase, the later ones
 * starting from {@link TrainingResult#bestWeights} of the one before.
 *
 * @param <B> type of a batch
 */
public interface Task<B> extends AutoCloseable {
    /**
     * Builds the forward pass of a training batch in a new graph, which is the same at each call.
     *
     * @return loss, a value of one element
     */
    Value loss();

    /** Initial parameters: random ones, or those of a checkpoint. */
    WeightSource initialParameters();

    /**
     * Inputs of the loss's graph for a batch, except those named {@code training/...} and the seed of dropout, which the
     * trainer sets.
     *
     * @param step step of the run; its weights let a task sample from the current model
     */
    Map<String, Tensor> inputs(B batch, Step step);

    /** Receives the outputs of the loss's graph for a batch, from before the step. */
    default void onOutputs(B batch, Map<String, Tensor> outputs) {}

    /**
     * Scores weights, after each epoch; may generate, and may compile other graphs than the loss's.
     *
     * @param weights weights of the loss's graph; moving averages if the plan has them
     */
    default Metrics evaluate(Parameters weights, Backend backend, Precision precision) {
        return Metrics.none();
    }

    /** Releases resources of the task; by default there are none. */
    @Override
    default void close() {}

    /**
     * A moment in a run.
     *
     * @param number number of updates made before
     * @param epoch epoch, from 0
     * @param weights current parameters of the loss's graph, read on demand
     */
    record Step(long number, int epoch, WeightSource weights) {}
}

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
 * @param <B> a batch
 */
public interface Task<B> extends AutoCloseable {
    /**
     * Builds the forward pass of a training batch, in a new graph at each call, the same every time.
     *
     * @return the loss, a value of one element
     */
    Value loss();

    /** The values training starts from: random ones, or those of a checkpoint. */
    WeightSource initialParameters();

    /**
     * The inputs of the loss's graph for a batch; those named {@code training/...} and the seed of dropout are the trainer's.
     *
     * @param step of the run; its weights let a task sample from the model as it is now
     */
    Map<String, Tensor> inputs(B batch, Step step);

    /** Hears the outputs of the loss's graph for a batch, as they were before the step. */
    default void onOutputs(B batch, Map<String, Tensor> outputs) {}

    /**
     * Scores weights, after each epoch; may generate, and may compile other graphs than the loss's.
     *
     * @param weights of the loss's graph; moving averages where the plan asks for those
     */
    default Metrics evaluate(Parameters weights, Backend backend, Precision precision) {
        return Metrics.none();
    }

    /** Frees what the task holds beside the trainer; nothing, usually. */
    @Override
    default void close() {}

    /**
     * A moment in a run.
     *
     * @param number updates made before
     * @param epoch from 0
     * @param weights the parameters of the loss's graph as they are now, read when they are asked for
     */
    record Step(long number, int epoch, WeightSource weights) {}
}

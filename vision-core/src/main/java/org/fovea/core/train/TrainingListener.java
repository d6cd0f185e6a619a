package org.fovea.core.train;

import java.nio.file.Path;
import org.fovea.core.metric.Metrics;

/** Receives the progress of a run, on the thread that trains; what it throws ends the run. */
public interface TrainingListener {
    /** Listener that does nothing. */
    TrainingListener NONE = new TrainingListener() {};

    /**
     * Called before a phase of a {@link TrainingRun}.
     *
     * @param name name of the phase; empty for the first one
     */
    default void onPhase(String name, TrainingPlan plan) {}

    /**
     * Called before the first step.
     *
     * @param updatesPerEpoch number of steps in an epoch
     * @param position starting position; not zero for a resumed run
     */
    default void onStart(int updatesPerEpoch, TrainingPosition position) {}

    /** Called after each update. */
    default void onStep(Step step) {}

    /** Called after each epoch and its evaluation. */
    default void onEpoch(Epoch epoch) {}

    /** Called after a checkpoint has been written. */
    default void onCheckpoint(Path file) {}

    /**
     * One update.
     *
     * @param step number of updates made, including this one
     * @param epoch epoch, from 0
     * @param loss loss of its batches, before the update
     * @param learningRate learning rate of this update
     * @param gradientNorm norm of the gradient before clipping
     * @param samplesPerSecond samples per second, averaged over the last few steps
     * @param waitedMillis time spent waiting for data
     */
    record Step(
            long step,
            int epoch,
            double loss,
            double learningRate,
            double gradientNorm,
            double samplesPerSecond,
            double waitedMillis) {}

    /**
     * One epoch.
     *
     * @param epoch epoch, from 0
     * @param step number of updates made
     * @param trainingLoss mean loss over the updates of the epoch
     * @param metrics metrics of the evaluated weights: the moving average if there is one
     * @param best whether it is the best epoch so far
     * @param seconds duration of this epoch in this process, evaluation included
     */
    record Epoch(int epoch, long step, double trainingLoss, Metrics metrics, boolean best, double seconds) {}
}

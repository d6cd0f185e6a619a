package org.fovea.core.train;

import java.nio.file.Path;
import org.fovea.core.metric.Metrics;

/** Receives the progress of a run, on the thread that trains; what it throws ends the run. */
public interface TrainingListener {
    /** A listener that does nothing. */
    TrainingListener NONE = new TrainingListener() {};

    /**
     * Called before a phase of a {@link TrainingRun}.
     *
     * @param name empty for the first phase
     */
    default void onPhase(String name, TrainingPlan plan) {}

    /**
     * Called before the first step.
     *
     * @param updatesPerEpoch steps of one epoch
     * @param position of the start: not zero when it resumes
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
     * @param step updates made, this one included
     * @param epoch from 0
     * @param loss of its batches, before it
     * @param learningRate of this update
     * @param gradientNorm before clipping
     * @param samplesPerSecond averaged over the last few
     * @param waitedMillis for data
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
     * @param epoch from 0
     * @param step updates made
     * @param trainingLoss mean over the updates of the epoch
     * @param metrics of the weights that count: their moving average where there is one
     * @param best true where it is the best so far
     * @param seconds of this epoch in this process, evaluation included
     */
    record Epoch(int epoch, long step, double trainingLoss, Metrics metrics, boolean best, double seconds) {}
}

package org.fovea.core.train;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.fovea.core.data.BatchSource;
import org.fovea.core.weights.Parameters;

/**
 * One phase of a training run.
 *
 * @param name of the folder for the phase's log and checkpoints in the run's folder; empty where it is the run's folder itself
 * @param train batches that fit the task
 * @param plan from the number of updates of an epoch
 * @param task from the weights that the phase before ended with, empty for the first phase; it is made when its phase begins,
 *     and closed when it ends
 */
public record TrainingPhase<B>(
        String name,
        BatchSource<B> train,
        IntFunction<TrainingPlan> plan,
        Function<Optional<Parameters>, Task<B>> task) {
    /** The only phase of a run, or the first. */
    public static <B> TrainingPhase<B> first(BatchSource<B> train, IntFunction<TrainingPlan> plan, Task<B> task) {
        return new TrainingPhase<>("", train, plan, before -> task);
    }
}

package org.fovea.core.train;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.fovea.core.data.BatchSource;
import org.fovea.core.weights.Parameters;

/**
 * One phase of a training run.
 *
 * @param name name of the folder for the phase's log and checkpoints within the run's folder; empty for the run's folder itself
 * @param train batches that fit the task
 * @param plan makes the plan from the number of updates in an epoch
 * @param task makes the task from the final weights of the previous phase, empty for the first one; called when the phase
 *     begins, and the task is closed when it ends
 */
public record TrainingPhase<B>(
        String name,
        BatchSource<B> train,
        IntFunction<TrainingPlan> plan,
        Function<Optional<Parameters>, Task<B>> task) {
    /** Creates the only or first phase of a run. */
    public static <B> TrainingPhase<B> first(BatchSource<B> train, IntFunction<TrainingPlan> plan, Task<B> task) {
        return new TrainingPhase<>("", train, plan, before -> task);
    }
}

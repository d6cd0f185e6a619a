package org.fovea.core.train;

import java.nio.file.Path;
import java.util.Optional;
import org.fovea.core.backend.Backend;
import org.fovea.core.data.BatchSource;
import org.fovea.core.tensor.Shape;

/**
 * Trains: epochs of steps, an evaluation after each, checkpoints on the way.
 *
 * <p>On one machine with one number of threads, a run that was stopped anywhere and resumed ends with the same bits as one
 * that was not.
 *
 * <p>Memory: activations of a step live until its backward pass has used them, or with
 * {@link TrainingPlan#gradientCheckpointing} are computed again there.
 *
 * @param <B> type of a batch
 * @param checkpoints checkpoints for the state of the run
 * @param listener listener to the progress
 */
public record Trainer<B>(
        Backend backend, Task<B> task, TrainingPlan plan, Checkpoints checkpoints, TrainingListener listener) {
    /**
     * Trains from the beginning.
     *
     * @param train batches that fit the task's graph
     * @throws IllegalArgumentException when the data do not fit the task
     * @throws NonFiniteLossException when the loss or a gradient is not finite
     * @throws CheckpointException when there are checkpoints of an earlier run, or one cannot be written
     */
    public TrainingResult fit(BatchSource<B> train) {
        Optional<Path> earlier = checkpoints.latest();
        if (earlier.isPresent()) {
            throw new CheckpointException(
                    "Trainer: a new run needs a folder without checkpoints, got " + earlier.get()
                            + "; resume it, or give another folder",
                    null);
        }
        check(train);
        try (GraphTrainer steps = steps()) {
            return new TrainingLoop<>(this, steps, train, TrainingPosition.START, Optional.empty()).run();
        }
    }

    /**
     * Continues from the last checkpoint, or from the beginning if there is none.
     *
     * @throws IllegalArgumentException when the checkpoint belongs to a run with another recipe, seed or model, and as in
     *     {@link #fit}
     * @throws org.fovea.core.ModelFormatException when the checkpoint cannot be read
     */
    public TrainingResult resume(BatchSource<B> train) {
        Optional<Path> latest = checkpoints.latest();
        if (latest.isEmpty()) {
            return fit(train);
        }
        check(train);
        try (GraphTrainer steps = steps()) {
            TrainingPosition position;
            try (TrainingCheckpoint checkpoint = TrainingCheckpoint.open(latest.get())) {
                check(checkpoint, steps.graph());
                position = checkpoint.position();
                steps.restore(checkpoint.tensors()::tensor, position.step());
            }
            return new TrainingLoop<>(this, steps, train, position, checkpoints.readBest()).run();
        }
    }

    private GraphTrainer steps() {
        return new GraphTrainer(backend, task::loss, task.initialParameters(), plan);
    }

    private void check(TrainingCheckpoint checkpoint, TrainingGraph graph) {
        if (!checkpoint.recipe().equals(checkpoints.recipe()) || checkpoint.seed() != plan.seed()) {
            throw new IllegalArgumentException(checkpoint.path() + ": a run resumes under its own recipe and seed, "
                    + checkpoint.recipe() + " and " + checkpoint.seed() + ", got " + checkpoints.recipe() + " and "
                    + plan.seed() + "; start a new run in another folder");
        }
        for (String name : graph.saved()) {
            Shape shape = graph.graph().parameters().get(name).shape();
            boolean there = checkpoint.names().contains(name);
            if (!there || !checkpoint.tensors().shape(name).equals(shape)) {
                throw new IllegalArgumentException(
                        checkpoint.path() + ": must hold \"" + name + "\" " + shape + ", got "
                                + (there ? checkpoint.tensors().shape(name) : "none")
                                + "; resume with the model and optimizer it was written by");
            }
        }
    }

    private void check(BatchSource<B> train) {
        if (train.batchesPerEpoch() < plan.accumulation()) {
            throw new IllegalArgumentException("Trainer: an epoch must hold at least one update of "
                    + plan.accumulation() + " batches of " + train.batchSize() + ", got "
                    + train.batchesPerEpoch() + " full batches; lower the batch size");
        }
    }
}

package org.fovea.core.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.TrainingProgram;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.data.BatchSource;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Parameters;
import org.fovea.core.weights.SafetensorsFile;

/**
 * Trains a classifier: epochs of steps, an evaluation after each, checkpoints on the way.
 *
 * <p>On one machine with one number of threads, a run that was stopped anywhere and resumed ends with the same bits as one
 * that was not.
 *
 * <p>Memory: activations of a step live until its backward has used them, or with
 * {@link TrainingSettings#gradientCheckpointing} are computed again there.
 *
 * @param store where checkpoints go
 * @param listener hears how it goes
 */
public record Trainer(
        Backend backend,
        TrainableModel model,
        TrainingRecipe recipe,
        CheckpointStore store,
        TrainingListener listener) {
    /**
     * Trains from the beginning.
     *
     * @param train full batches
     * @param validation scored after each epoch
     * @throws IllegalArgumentException when the data do not fit the model or each other
     * @throws IllegalStateException when the store holds checkpoints of an earlier run
     * @throws NonFiniteLossException when the loss or a gradient is no finite number
     * @throws CheckpointException when a checkpoint cannot be written
     */
    public TrainingResult fit(BatchSource train, BatchSource validation) {
        Optional<Path> earlier = store.latest();
        if (earlier.isPresent()) {
            throw new IllegalStateException("Trainer: a new run needs a folder without checkpoints, got "
                    + earlier.get() + "; resume it, or give another folder");
        }
        TrainingGraph graph = checked(train, validation);
        return run(graph, graph.start(model.initialParameters()), TrainingPosition.START, null, train, validation);
    }

    /**
     * Goes on from the last checkpoint of the store, from the beginning where there is none.
     *
     * @throws IllegalArgumentException when the checkpoint is of a run with another recipe, seed or model; also as
     *     {@link #fit}
     * @throws org.fovea.core.ModelFormatException when the checkpoint cannot be read
     */
    public TrainingResult resume(BatchSource train, BatchSource validation) {
        Optional<Path> latest = store.latest();
        if (latest.isEmpty()) {
            return fit(train, validation);
        }
        TrainingGraph graph = checked(train, validation);
        try (TrainingCheckpoint checkpoint = TrainingCheckpoint.open(latest.get())) {
            check(checkpoint, graph);
            WeightSource start = graph.resumed(checkpoint.tensors());
            return run(graph, start, checkpoint.position(), best(), train, validation);
        }
    }

    private TrainingResult run(
            TrainingGraph graph,
            WeightSource start,
            TrainingPosition position,
            Parameters best,
            BatchSource train,
            BatchSource validation) {
        try (TrainingProgram program =
                backend.compileTraining(graph.graph(), start, recipe.settings().precision())) {
            return new TrainingRun(this, graph, program, train, validation, position).run(best);
        }
    }

    private Parameters best() {
        if (!Files.exists(store.best())) {
            return null;
        }
        Map<String, Tensor> out = new LinkedHashMap<>();
        try (SafetensorsFile file = SafetensorsFile.open(store.best())) {
            for (String name : file.names()) {
                Tensor copy =
                        Tensor.zeros(file.info(name).dtype(), file.info(name).shape());
                file.read(name, copy.buffer());
                out.put(name, copy);
            }
        }
        return Parameters.of(out);
    }

    private void check(TrainingCheckpoint checkpoint, TrainingGraph graph) {
        if (!checkpoint.recipe().equals(store.recipe())
                || checkpoint.seed() != recipe.settings().seed()) {
            throw new IllegalArgumentException(checkpoint.path() + ": a run resumes under its own recipe and seed, "
                    + checkpoint.recipe() + " and " + checkpoint.seed() + ", got " + store.recipe() + " and "
                    + recipe.settings().seed() + "; start a new run in another folder");
        }
        for (String name : graph.saved()) {
            Shape shape = graph.graph().parameters().get(name).shape();
            boolean fits = checkpoint.names().contains(name)
                    && checkpoint.tensors().shape(name).equals(shape);
            if (!fits) {
                throw new IllegalArgumentException(
                        checkpoint.path() + ": must hold \"" + name + "\" " + shape + ", got "
                                + (checkpoint.names().contains(name)
                                        ? checkpoint.tensors().shape(name)
                                        : "none")
                                + "; resume with the model and optimiser it was written by");
            }
        }
    }

    private TrainingGraph checked(BatchSource train, BatchSource validation) {
        if (train.batchesPerEpoch() < recipe.settings().accumulation()) {
            throw new IllegalArgumentException("Trainer: an epoch must hold at least one update of "
                    + recipe.settings().accumulation() + " batches of " + train.batchSize() + ", got "
                    + train.batchesPerEpoch() + " full batches; lower the batch size");
        }
        if (validation.batchesPerEpoch() < 1 || validation.classes() != train.classes()) {
            throw new IllegalArgumentException("Trainer: the validation must have a batch and the training's "
                    + train.classes() + " classes, got " + validation.batchesPerEpoch() + " batches of "
                    + validation.classes() + " classes");
        }
        return graph(train);
    }

    /** The graph of a step, made anew. */
    TrainingGraph graph(BatchSource train) {
        return TrainingGraph.of(model, recipe, train.batchSize(), train.classes());
    }
}

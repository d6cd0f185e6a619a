package org.fovea.cli.bench;

import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import org.fovea.core.backend.Backend;
import org.fovea.core.data.ClassificationBatch;
import org.fovea.core.graph.Flops;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.train.GraphTrainer;
import org.fovea.core.train.TrainingConfig;
import org.fovea.core.train.TrainingKeys;
import org.fovea.vit.model.ClassifierConfig;
import org.fovea.vit.train.ClassifierTask;
import org.fovea.vit.train.ClassifierTraining;
import org.fovea.vit.train.TrainableClassifier;

/**
 * One step of a recipe as one program, for measuring: forward, loss, backward, clipping and the optimizer's update. Not
 * thread-safe.
 */
final class TrainingStep implements AutoCloseable {
    /** Training steps in an epoch, for the learning rate schedule. */
    private static final int UPDATES = 1000;

    private final GraphTrainer trainer;
    private final ClassificationBatch noise;

    private TrainingStep(GraphTrainer trainer, ClassificationBatch noise) {
        this.trainer = trainer;
        this.noise = noise;
    }

    /**
     * Compiles the training step of a model with random weights.
     *
     * @param recipe recipe, of which batch, precision, seed, loss, optimizer, clipping, dropout and schedule matter
     * @throws IllegalArgumentException when the backend does not train in that precision
     */
    static TrainingStep compile(Backend backend, ClassifierConfig config, TrainingConfig recipe) {
        int seed = recipe.get(TrainingKeys.SEED);
        int batch = recipe.get(TrainingKeys.BATCH);
        TrainableClassifier model = TrainableClassifier.fromScratch(config, TrainingKeys.drops(recipe), seed);
        BinaryOperator<Value> objective = ClassifierTraining.loss(recipe);
        Supplier<Value> loss = () -> {
            Graph graph = model.trainingGraph(batch);
            return objective.apply(
                    graph.outputs().get(ClassifierConfig.LOGITS),
                    graph.input(ClassifierTask.TARGETS, batch, config.classes()));
        };
        return new TrainingStep(
                new GraphTrainer(
                        backend, loss, model.initialParameters(), ClassifierTraining.plan(recipe, config, UPDATES)),
                noise(config, batch, seed));
    }

    private static ClassificationBatch noise(ClassifierConfig config, int batch, long seed) {
        int[] labels = new Random(seed).ints(batch, 0, config.classes()).toArray();
        float[] targets = new float[batch * config.classes()];
        for (int i = 0; i < batch; i++) {
            targets[i * config.classes() + labels[i]] = 1;
        }
        return new ClassificationBatch(
                NoiseImages.of(config, batch, seed), Tensor.of(targets, batch, config.classes()), labels);
    }

    /** Runs the next step on noise. */
    void run() {
        run(noise);
    }

    /**
     * Runs the next step on images.
     *
     * @throws org.fovea.core.train.NonFiniteLossException when the loss is not finite
     */
    void run(ClassificationBatch batch) {
        trainer.step(ClassifierTask.inputs(batch));
    }

    /** Floating-point operations of the matrix products of one batch, backward pass included. */
    long flops() {
        return Flops.of(trainer.graph().graph());
    }

    @Override
    public void close() {
        trainer.close();
    }
}

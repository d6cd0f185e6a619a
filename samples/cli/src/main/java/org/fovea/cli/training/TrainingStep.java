package org.fovea.cli.training;

import java.util.Random;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.TrainingProgram;
import org.fovea.core.data.ClassificationBatch;
import org.fovea.core.graph.Flops;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.train.StepInputs;
import org.fovea.core.train.TrainingGraph;
import org.fovea.core.train.TrainingRecipe;
import org.fovea.vit.TrainableClassifier;
import org.fovea.vit.model.ClassifierConfig;

/**
 * One step of a recipe as one program, for measuring: forward, loss, backward, clipping and the optimiser's update. Not
 * thread-safe.
 */
public final class TrainingStep implements AutoCloseable {
    /** Steps of an epoch, for the schedule's rate. */
    private static final int UPDATES = 1000;

    private final TrainingRecipe recipe;
    private final StepInputs inputs;
    private final TrainingProgram program;
    private final ClassificationBatch noise;
    private final long flops;
    private long runs;

    private TrainingStep(TrainingRecipe recipe, StepInputs inputs, TrainingProgram program, ClassificationBatch noise, long flops) {
        this.recipe = recipe;
        this.inputs = inputs;
        this.program = program;
        this.noise = noise;
        this.flops = flops;
    }

    /**
     * Compiles the step of a model with fresh weights.
     *
     * @param recipe of which batch, precision, seed, loss, optimiser, clipping, drops and schedule count
     * @throws IllegalArgumentException when the backend does not train in that precision
     */
    public static TrainingStep compile(Backend backend, ClassifierConfig config, Recipe recipe) {
        Ingredients ingredients = new Ingredients(recipe);
        int seed = recipe.whole(RecipeKey.SEED);
        int batch = recipe.whole(RecipeKey.BATCH);
        TrainableClassifier model = TrainableClassifier.fresh(config, ingredients.drops(), seed);
        TrainingRecipe training = ingredients.training(config, UPDATES);
        TrainingGraph graph = TrainingGraph.of(model, training, batch, config.classes());
        return new TrainingStep(
                training,
                new StepInputs(graph, training.settings()),
                backend.compileTraining(graph.graph(), graph.start(model.initialParameters()), ingredients.precision()),
                noise(config, batch, seed),
                Flops.of(graph.graph()));
    }

    private static ClassificationBatch noise(ClassifierConfig config, int batch, long seed) {
        int[] labels = new Random(seed).ints(batch, 0, config.classes()).toArray();
        float[] targets = new float[batch * config.classes()];
        for (int i = 0; i < batch; i++) {
            targets[i * config.classes() + labels[i]] = 1;
        }
        return new ClassificationBatch(NoiseImages.of(config, batch, seed), Tensor.of(targets, batch, config.classes()), labels);
    }

    /** The next step, on noise. */
    public void run() {
        run(noise);
    }

    /**
     * The next step, on images.
     *
     * @throws IllegalStateException when the loss is not finite
     */
    public void run(ClassificationBatch batch) {
        int count = recipe.settings().accumulation();
        long step = runs / count;
        var results = program.run(inputs.of(batch, recipe.schedule().rate(step), step, (int) (runs % count)));
        double loss = results.get(TrainingGraph.LOSS).toDoubles()[0];
        if (!Double.isFinite(loss)) {
            throw new IllegalStateException("TrainingStep: the loss must be finite, got " + loss + " in step "
                    + (runs + 1) + "; take a lower learning rate");
        }
        runs++;
    }

    /** Floating-point operations of the matrix products of one batch, backward included. */
    public long flops() {
        return flops;
    }

    @Override
    public void close() {
        program.close();
    }
}

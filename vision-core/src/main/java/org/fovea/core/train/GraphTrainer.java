package org.fovea.core.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.fovea.core.ModelFormatException;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.TrainingProgram;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Parameters;
import org.fovea.core.weights.SafetensorsFile;
import org.fovea.core.weights.SafetensorsWriter;

/**
 * Trains any graph that ends in a loss, step by step, on whatever its inputs are: for models that are no image classifiers,
 * which {@link Trainer} serves with epochs, checkpoints and scores.
 *
 * <pre>{@code
 * try (GraphTrainer trainer = new GraphTrainer(backend, graph, loss, InitialParameters.of(graph, 1), recipe)) {
 *     for (int i = 0; i < 1000; i++) {
 *         double loss = trainer.step(Map.of("words", words, "answers", answers));
 *     }
 *     Parameters learned = trainer.parameters();
 * }
 * }</pre>
 *
 * <p>Not thread-safe.
 */
public final class GraphTrainer implements AutoCloseable {
    private static final String STEPS = "steps";

    private final TrainingRecipe recipe;
    private final TrainingGraph graph;
    private final TrainingProgram program;
    private long steps;

    /**
     * Adds a training step to the graph and compiles it.
     *
     * @param graph changed; inputs named {@code training/...} are this trainer's own
     * @param loss a value of one element of that graph
     * @param start values of all of the graph's parameters
     * @param recipe of which settings (precision, clipping, moving average), optimiser, schedule and policy count here;
     *     accumulation must be 1
     * @throws IllegalArgumentException when gradients are accumulated, or no parameter trains
     */
    public GraphTrainer(Backend backend, Graph graph, Value loss, WeightSource start, TrainingRecipe recipe) {
        if (recipe.settings().accumulation() != 1) {
            throw new IllegalArgumentException("GraphTrainer: each step must be an update, got accumulation over "
                    + recipe.settings().accumulation() + " batches; use a larger batch");
        }
        this.recipe = recipe;
        this.graph = TrainingGraph.of(graph, loss, recipe.optimizer(), recipe.policy(), recipe.settings());
        this.program = backend.compileTraining(
                this.graph.graph(), this.graph.start(start), recipe.settings().precision());
    }

    /**
     * Makes one step.
     *
     * @param inputs the graph's own inputs
     * @return the loss before the step
     * @throws ArithmeticException when the loss or the gradient is not finite; the parameters are as before then
     */
    public double step(Map<String, Tensor> inputs) {
        return results(inputs).get(TrainingGraph.LOSS).toDoubles()[0];
    }

    /**
     * Makes one step.
     *
     * @param inputs the graph's own inputs
     * @return the graph's outputs before the step, {@link TrainingGraph#LOSS} and {@link TrainingGraph#GRADIENT_NORM} among them
     * @throws ArithmeticException as {@link #step}
     */
    public Map<String, Tensor> results(Map<String, Tensor> inputs) {
        Map<String, Tensor> all = new HashMap<>(inputs);
        all.put(TrainingGraph.RATE, Tensor.of(new double[] {recipe.schedule().rate(steps)}));
        all.put(TrainingGraph.STEP, Tensor.of(new double[] {steps + 1}));
        all.put(
                TrainingGraph.EMA_DECAY,
                Tensor.of(new double[] {recipe.settings().emaDecay(steps)}));
        all.keySet().retainAll(graph.graph().inputs().keySet());
        Map<String, Tensor> results = program.run(all);
        double loss = results.get(TrainingGraph.LOSS).toDoubles()[0];
        double norm = results.get(TrainingGraph.GRADIENT_NORM).toDoubles()[0];
        if (!Double.isFinite(loss) || !Double.isFinite(norm)) {
            throw new ArithmeticException("GraphTrainer: loss and gradient must be finite, got " + loss
                    + " and a gradient of norm " + norm + " in step " + (steps + 1)
                    + "; take a lower learning rate, or clip the gradient");
        }
        steps++;
        return results;
    }

    /** Steps made so far. */
    public long steps() {
        return steps;
    }

    /** The parameters as they are now, copied; their moving averages where the settings ask for those. */
    public Parameters parameters() {
        Map<String, Tensor> out = new LinkedHashMap<>();
        graph.modelParameters().forEach(name -> out.put(name, program.parameter(graph.evaluated(name))));
        return Parameters.of(out);
    }

    /** Everything a later run needs to go on as if there had been no break: parameters, averages, the optimiser's state. */
    public Parameters state() {
        Map<String, Tensor> out = new LinkedHashMap<>();
        graph.saved().forEach(name -> out.put(name, program.parameter(name)));
        return Parameters.of(out);
    }

    /**
     * Goes on from what {@link #state} gave.
     *
     * @param stepsMade steps made before
     * @throws IllegalArgumentException when the state is of another graph or optimiser
     */
    public void restore(WeightSource state, long stepsMade) {
        graph.saved().forEach(name -> program.setParameter(name, state.tensor(name)));
        steps = stepsMade;
    }

    /**
     * Writes {@link #state} and the number of steps to a safetensors file, which is replaced at once or not at all.
     *
     * @throws IOException when it cannot be written
     */
    public void save(Path file) throws IOException {
        new SafetensorsWriter()
                .metadata(STEPS, Long.toString(steps))
                .add(state())
                .write(file);
    }

    /**
     * Goes on from a file that {@link #save} wrote.
     *
     * @throws IllegalArgumentException when it is of another graph or optimiser
     * @throws org.fovea.core.ModelFormatException when it is no such file
     */
    public void resume(Path file) {
        try (SafetensorsFile saved = SafetensorsFile.open(file)) {
            String made = saved.metadata().get(STEPS);
            if (made == null) {
                throw new ModelFormatException(file + ": must say how many steps were made, got " + saved.metadata()
                        + "; take a file that a GraphTrainer saved");
            }
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            saved.names().forEach(name -> tensors.put(name, saved.tensor(name)));
            restore(Parameters.of(tensors), Long.parseLong(made));
        }
    }

    @Override
    public void close() {
        program.close();
    }
}

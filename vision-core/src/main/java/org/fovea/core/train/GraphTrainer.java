package org.fovea.core.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import org.fovea.core.ModelFormatException;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.TrainingProgram;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.DropoutContext;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Parameters;
import org.fovea.core.weights.SafetensorsFile;
import org.fovea.core.weights.SafetensorsWriter;

/**
 * Trains any graph that ends in a loss, step by step, on whatever its inputs are. {@link Trainer} is the loop around it, with
 * epochs, checkpoints and scores.
 *
 * <pre>{@code
 * try (GraphTrainer trainer = new GraphTrainer(backend, task::loss, task.initialParameters(), plan)) {
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
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L; // Steele et al. 2014, "Fast splittable PRNGs"

    private final Backend backend;
    private final Supplier<Value> loss;
    private final TrainingPlan plan;
    private final TrainingGraph graph;
    private final TrainingProgram program;
    private long steps;
    private int part;

    /**
     * Adds a training step to the graph of a loss and compiles it.
     *
     * @param loss builds the loss, a value of one element, in a new graph at each call; called once more if a step fails
     * @param start initial values of all parameters of the graph
     * @param plan training plan; epochs and patience are ignored here
     * @throws IllegalArgumentException when there are no trainable parameters, or the backend cannot train in that precision
     */
    public GraphTrainer(Backend backend, Supplier<Value> loss, WeightSource start, TrainingPlan plan) {
        this.backend = backend;
        this.loss = loss;
        this.plan = plan;
        this.graph = TrainingGraph.of(loss.get(), plan);
        this.program = backend.compileTraining(graph.graph(), graph.start(start), plan.precision());
    }

    /**
     * Makes one step on one batch; with accumulation, a part of an update.
     *
     * @param inputs inputs of the graph
     * @return loss before the step
     * @throws NonFiniteLossException when the loss or the gradient is not finite; the parameters are unchanged then
     */
    public double step(Map<String, Tensor> inputs) {
        return results(inputs).get(TrainingGraph.LOSS).toDoubles()[0];
    }

    /**
     * Makes one step, like {@link #step}, and returns all outputs.
     *
     * @param inputs inputs of the graph, except those named {@code training/...} and the seed of dropout, which this trainer
     *     sets
     * @return outputs of the graph before the step, {@link TrainingGraph#LOSS} and {@link TrainingGraph#GRADIENT_NORM} among
     *     them
     * @throws NonFiniteLossException as in {@link #step}
     */
    public Map<String, Tensor> results(Map<String, Tensor> inputs) {
        Map<String, Tensor> all = all(inputs);
        Map<String, Tensor> results = program.run(all);
        double value = results.get(TrainingGraph.LOSS).toDoubles()[0];
        double norm = results.get(TrainingGraph.GRADIENT_NORM).toDoubles()[0];
        if (!Double.isFinite(value) || !Double.isFinite(norm)) {
            String tensor = new NonFiniteSearch(backend, plan.precision(), weights(), all)
                    .find(() -> TrainingGraph.of(loss.get(), plan));
            throw new NonFiniteLossException(steps + 1, plan.schedule().rate(steps), value, norm, tensor);
        }
        part = (part + 1) % plan.accumulation();
        steps += part == 0 ? 1 : 0;
        return results;
    }

    private Map<String, Tensor> all(Map<String, Tensor> inputs) {
        Map<String, Tensor> all = new HashMap<>(inputs);
        all.put(TrainingGraph.RATE, scalar(plan.schedule().rate(steps)));
        all.put(TrainingGraph.STEP, scalar(steps + 1));
        all.put(TrainingGraph.APPLY, scalar(part == plan.accumulation() - 1 ? 1 : 0));
        all.put(TrainingGraph.EMA_DECAY, scalar(plan.emaDecay(steps)));
        long draw = plan.seed() + (steps * plan.accumulation() + part) * GOLDEN_GAMMA;
        all.put(DropoutContext.SEED, Tensor.of(new int[] {new SplittableRandom(draw).nextInt()}, 1));
        all.keySet().retainAll(graph.graph().inputs().keySet());
        return all;
    }

    private static Tensor scalar(double value) {
        return Tensor.of(new double[] {value});
    }

    /** Number of updates made so far. */
    public long steps() {
        return steps;
    }

    /** Graph of the step. */
    public TrainingGraph graph() {
        return graph;
    }

    /** Current parameters, read on demand, including the optimizer's state. */
    WeightSource weights() {
        return new WeightSource() {
            @Override
            public Shape shape(String name) {
                return graph.graph().parameters().get(name).shape();
            }

            @Override
            public Tensor tensor(String name) {
                return program.parameter(name);
            }
        };
    }

    /** Copy of the current parameters; their moving averages if the plan has them. */
    public Parameters parameters() {
        Map<String, Tensor> out = new LinkedHashMap<>();
        graph.modelParameters().forEach(name -> out.put(name, program.parameter(graph.evaluated(name))));
        return Parameters.of(out);
    }

    /**
     * Writes everything a later run needs to continue as if there had been no interruption: parameters, averages, the
     * optimizer's state and the number of steps. The file is replaced atomically.
     *
     * @throws IOException when it cannot be written
     */
    public void save(Path file) throws IOException {
        SafetensorsWriter writer = new SafetensorsWriter().metadata(STEPS, Long.toString(steps));
        addState(writer);
        writer.write(file);
    }

    void addState(SafetensorsWriter writer) {
        DType dtype = plan.precision() == Precision.F64 ? DType.F64 : DType.F32;
        graph.saved()
                .forEach(name -> writer.add(
                        name, dtype, graph.graph().parameters().get(name).shape(), () -> program.parameter(name)));
    }

    /**
     * Continues from a file that {@link #save} wrote.
     *
     * @throws IllegalArgumentException when it belongs to another graph or optimizer
     * @throws ModelFormatException when it is not such a file
     */
    public void resume(Path file) {
        try (SafetensorsFile saved = SafetensorsFile.open(file)) {
            String made = saved.metadata().get(STEPS);
            if (made == null) {
                throw new ModelFormatException(file + ": must say how many steps were made, got " + saved.metadata()
                        + "; take a file that a GraphTrainer saved");
            }
            restore(saved::tensor, Long.parseLong(made));
        }
    }

    /** Continues from saved tensors; accumulators are zero between updates. */
    void restore(Function<String, Tensor> state, long stepsMade) {
        graph.saved().forEach(name -> program.setParameter(name, state.apply(name)));
        steps = stepsMade;
    }

    @Override
    public void close() {
        program.close();
    }
}

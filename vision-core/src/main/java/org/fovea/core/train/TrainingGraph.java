package org.fovea.core.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Gradients;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Recomputation;
import org.fovea.core.graph.UnaryKind;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/**
 * A model's graph with everything a training step does added to it: backward, accumulation, clipping by the norm of all
 * gradients together, the optimizer, and a moving average of the weights.
 *
 * <p>A step whose loss or gradient norm is not finite changes no parameter, so that the cause can still be found.
 *
 * <p>Inputs it adds, scalars {@code []}: {@link #RATE}, {@link #STEP} (updates from 1), with accumulation {@link #APPLY}
 * (1 in the batch that ends an update, else 0), with a moving average {@link #EMA_DECAY}. Outputs: {@link #LOSS} and
 * {@link #GRADIENT_NORM}, before clipping. Parameters: {@code optimizer/m/<name>}, {@code optimizer/v/<name>},
 * {@code accumulator/<name>} and {@code ema/<name>}.
 *
 * @see <a href="https://arxiv.org/abs/1211.5063">Pascanu et al. 2013, algorithm 1</a> for clipping
 */
public final class TrainingGraph {
    /** Input: learning rate. */
    public static final String RATE = "training/rate";
    /** Input: number of this update, from 1. */
    public static final String STEP = "training/step";
    /** Input: 1 for a batch that completes an update, else 0. */
    public static final String APPLY = "training/apply";
    /** Input: decay of the moving average. */
    public static final String EMA_DECAY = "training/ema_decay";
    /** Output: loss of the batch, before its update. */
    public static final String LOSS = "loss";
    /** Output: norm of all gradients together, before clipping. */
    public static final String GRADIENT_NORM = "gradient_norm";

    static final String EMA = "ema/";
    static final String ACCUMULATOR = "accumulator/";

    private static final double NORM_EPSILON = 1e-6; // as in PyTorch's clip_grad_norm_

    private final Graph graph;
    private final Map<String, Shape> zeros = new LinkedHashMap<>();
    private final Map<String, String> averages = new LinkedHashMap<>();
    private final Map<String, Value> gradients = new LinkedHashMap<>();
    private final List<String> modelParameters;

    private TrainingGraph(Graph graph) {
        this.graph = graph;
        this.modelParameters = List.copyOf(graph.parameters().keySet());
    }

    /** Names of the model's parameters, without those of the optimizer. */
    List<String> modelParameters() {
        return modelParameters;
    }

    /**
     * Adds a training step to a graph.
     *
     * @param loss value of one element; its graph is extended, without parameters that it updates itself
     * @param plan plan, of which optimizer, policy, clipping, accumulation, moving average and gradient checkpointing matter
     *     here
     * @throws IllegalArgumentException when there are no trainable parameters, or gradient checkpointing is requested for a
     *     model without numbered parts
     */
    public static TrainingGraph of(Value loss, TrainingPlan plan) {
        Graph model = loss.graph();
        TrainingGraph out = new TrainingGraph(model);
        out.differentiate(loss, plan.policy(), plan.gradientCheckpointing());
        Value scalar = loss.reshape();
        Value norm = new UpdateBuilder(model, plan, out.zeros, out.averages).add(scalar, out.gradients);
        model.output(LOSS, scalar);
        model.output(GRADIENT_NORM, norm);
        return out;
    }

    private void differentiate(Value loss, ParameterPolicy policy, boolean checkpointing) {
        Map<String, Value> trained = new LinkedHashMap<>();
        graph.parameters().forEach((name, value) -> {
            if (policy.trains().test(name) && !graph.updates().containsKey(value)) {
                trained.put(name, value);
            }
        });
        if (trained.isEmpty()) {
            throw new IllegalArgumentException("TrainingGraph: the policy must let a parameter train, got none of "
                    + graph.parameters().keySet());
        }
        Recomputation recomputation = checkpointing ? numberedParts() : Recomputation.none();
        Map<Value, Value> found = Gradients.of(graph, loss, trained.values(), recomputation);
        trained.forEach((name, value) -> gradients.put(name, found.get(value)));
    }

    private Recomputation numberedParts() {
        Recomputation parts = Recomputation.ofNumberedParts();
        if (graph.nodes().stream().allMatch(node -> parts.part(node).isEmpty())) {
            throw new IllegalArgumentException(
                    "TrainingGraph: gradient checkpointing needs a model with numbered parts,"
                            + " such as the scope blocks.0, got none; train this one without");
        }
        return parts;
    }

    /** The graph. */
    public Graph graph() {
        return graph;
    }

    /** Gradients of the loss by each trained parameter, before clipping, for a single batch. */
    public Map<String, Value> gradients() {
        return Map.copyOf(gradients);
    }

    /** Names of the parameters to save for resuming: all but accumulators, which are zero between updates. */
    public List<String> saved() {
        List<String> out = new ArrayList<>(graph.parameters().keySet());
        out.removeIf(name -> name.startsWith(ACCUMULATOR));
        return out;
    }

    /** Initial values of all parameters of the graph: those of the model as given, the optimizer's state zero. */
    public WeightSource start(WeightSource model) {
        return new WeightSource() {
            @Override
            public Shape shape(String name) {
                return zeros.containsKey(name) ? zeros.get(name) : model.shape(averages.getOrDefault(name, name));
            }

            @Override
            public Tensor tensor(String name) {
                return zeros.containsKey(name)
                        ? Tensor.zeros(DType.F32, zeros.get(name))
                        : model.tensor(averages.getOrDefault(name, name));
            }
        };
    }

    /** Name of the parameter that evaluation uses in place of a model's: its moving average if there is one. */
    String evaluated(String name) {
        return averages.containsKey(EMA + name) ? EMA + name : name;
    }

    /** Norm √Σx² over several values. */
    static Value norm(List<Value> values) {
        List<Value> squares = new ArrayList<>();
        for (Value value : values) {
            int size = (int) value.shape().size();
            squares.add(value.reshape(size).unary(UnaryKind.SQUARE).sum(true, 0)); // [1]
        }
        Value first = squares.remove(0);
        Value all = squares.isEmpty() ? first : first.concat(0, squares.toArray(Value[]::new)); // [parameters]
        return all.sum(false, 0).unary(UnaryKind.SQRT); // []
    }

    /** Factor min(1, limit/norm) that reduces a norm to its limit. */
    static Value clipFactor(Value norm, double limit) {
        Graph graph = norm.graph();
        return graph.fill(limit).divide(norm.affine(1, NORM_EPSILON)).minimum(graph.fill(1));
    }
}

package org.fovea.core.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.ProgramSession;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.ElementKind;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Node;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/** The graph of one case and the float64 numbers to run it on. */
public final class CaseGraph {
    private final Graph graph = new Graph();
    private final Random random;
    private final Map<String, Tensor> inputs = new LinkedHashMap<>();
    private final Map<String, Tensor> parameters = new LinkedHashMap<>();
    private final Map<String, Tensor> states = new LinkedHashMap<>();
    private final List<Value> differentiable = new ArrayList<>();
    private final List<Value> leaves = new ArrayList<>();
    private int distinct;
    private boolean scoped;

    CaseGraph(long seed) {
        this.random = new Random(seed);
    }

    /** The graph, with outputs named {@code y0}, {@code y1}, ... */
    public Graph graph() {
        return graph;
    }

    /** A tensor for every input of the graph: F64, or I32 for indices. */
    public Map<String, Tensor> inputs() {
        return Collections.unmodifiableMap(inputs);
    }

    /** The real inputs with a derivative to check. */
    public List<Value> leaves() {
        return Collections.unmodifiableList(leaves);
    }

    /** The outputs through which derivatives flow. */
    public List<Value> differentiable() {
        return Collections.unmodifiableList(differentiable);
    }

    /** The top of the graph, for blocks: the first time for a block's own weights, later for blocks that share them. */
    public Scope scope() {
        Scope top = Scope.of(graph);
        Scope out = scoped ? top.shared() : top;
        scoped = true;
        return out;
    }

    /** The weights of the graph. */
    public WeightSource parameters() {
        return source(parameterTensors());
    }

    /**
     * The weights of the graph by name: those that {@link #weight} and {@link #set} made, and for every other normally
     * distributed numbers that depend on its name and shape alone.
     */
    public Map<String, Tensor> parameterTensors() {
        Map<String, Tensor> all = new LinkedHashMap<>(parameters);
        graph.parameters()
                .forEach((name, value) -> all.computeIfAbsent(name, n -> BlockParameters.draw(n, value.shape())));
        return all;
    }

    /** The numbers of a weight that a block asks for. */
    public void set(String name, Tensor values) {
        parameters.put(name, values);
    }

    /** The same case with every weight as an input of the same name with a derivative to check. */
    CaseGraph freed() {
        CaseGraph out = new CaseGraph(0);
        Map<Value, Value> copies = BlockParameters.copyFreed(graph, out.graph);
        out.inputs.putAll(inputs);
        out.inputs.putAll(parameterTensors());
        leaves.forEach(leaf -> out.leaves.add(copies.get(leaf)));
        graph.parameters().values().forEach(weight -> out.leaves.add(copies.get(weight)));
        differentiable.forEach(y -> out.differentiable.add(copies.get(y)));
        return out;
    }

    /** Weights from a map. */
    public static WeightSource source(Map<String, Tensor> tensors) {
        return new WeightSource() {
            @Override
            public Shape shape(String name) {
                return tensor(name).shape();
            }

            @Override
            public Tensor tensor(String name) {
                if (!tensors.containsKey(name)) {
                    throw new IllegalArgumentException(
                            "there must be a weight \"" + name + "\", got only " + tensors.keySet());
                }
                return tensors.get(name);
            }
        };
    }

    /** An input of normally distributed numbers. */
    public Value normal(int... sizes) {
        return input(values(Shape.of(sizes), i -> random.nextGaussian()), sizes);
    }

    /** An input of numbers evenly distributed between two. */
    public Value uniform(double low, double high, int... sizes) {
        return input(values(Shape.of(sizes), i -> low + (high - low) * random.nextDouble()), sizes);
    }

    /** An input of numbers at least {@code gap} from 0. */
    public Value awayFromZero(double gap, int... sizes) {
        return input(
                values(Shape.of(sizes), i -> (random.nextBoolean() ? 1 : -1) * (gap + Math.abs(random.nextGaussian()))),
                sizes);
    }

    /** An input of numbers that differ by 0.05 or more from each other and those of earlier calls. */
    public Value distinct(int... sizes) {
        List<Integer> order = new ArrayList<>(
                IntStream.range(0, (int) Shape.of(sizes).size()).boxed().toList());
        Collections.shuffle(order, random);
        double offset = 0.05 * (distinct++ % 2);
        double middle = 0.1 * (order.size() / 2);
        return input(order.stream().mapToDouble(i -> 0.1 * i + offset - middle).toArray(), sizes);
    }

    /** An input of given numbers. */
    public Value given(double[] values, int... sizes) {
        return input(values, sizes);
    }

    /** An input of given numbers that no derivative is checked of. */
    public Value fixed(double[] values, int... sizes) {
        Value value = input(values, sizes);
        leaves.remove(value);
        return value;
    }

    /** An input of indices in [0, bound). */
    public Value index(int bound, int... sizes) {
        int[] values = IntStream.range(0, (int) Shape.of(sizes).size())
                .map(i -> random.nextInt(bound))
                .toArray();
        String name = "i" + inputs.size();
        inputs.put(name, Tensor.of(values, sizes));
        return graph.indexInput(name, sizes);
    }

    /** A weight of normally distributed numbers. */
    public Value weight(int... sizes) {
        String name = "w" + parameters.size();
        parameters.put(name, Tensor.of(values(Shape.of(sizes), i -> random.nextGaussian()), sizes));
        return graph.parameter(name, sizes);
    }

    /** A state that starts with normally distributed numbers. */
    public Value state(int... sizes) {
        return graph.state(drawState(sizes), sizes);
    }

    /** The same for a cache. */
    public Value cache(int... sizes) {
        return graph.cache(drawState(sizes), sizes);
    }

    private String drawState(int... sizes) {
        String name = "s" + states.size();
        states.put(name, Tensor.of(values(Shape.of(sizes), i -> random.nextGaussian()), sizes));
        return name;
    }

    /**
     * Results of a program of this graph. With states: of two runs of a session, one after the other, the results of the
     * second, {@code yN}, and of the first, {@code first yN}, and the states at the end.
     */
    public Map<String, Tensor> run(Program program, Map<String, Tensor> given) {
        if (states.isEmpty()) {
            return program.run(given);
        }
        try (ProgramSession session = program.openSession()) {
            states.forEach(session::set);
            Map<String, Tensor> out = new LinkedHashMap<>();
            session.run(given).forEach((name, tensor) -> out.put("first " + name, tensor));
            out.putAll(session.run(given));
            states.keySet().forEach(name -> out.put(name, session.get(name)));
            return out;
        }
    }

    /** Names a result. */
    public void output(Value value) {
        graph.output("y" + graph.outputs().size(), value);
        if (value.type().kind() == ElementKind.REAL) {
            differentiable.add(value);
        }
    }

    /** Names the values and all weights of an attention block. */
    public void output(AttentionOutput out) {
        output(out.values());
        out.kinds().forEach(kind -> output(out.weights(kind)));
    }

    /** Names all results of a node. */
    public void outputs(Node node) {
        node.outputs().forEach(this::output);
    }

    /** Names a result through which no derivative flows. */
    public void constantOutput(Value value) {
        graph.output("y" + graph.outputs().size(), value);
    }

    /** Seeded random numbers, for attributes. */
    public Random random() {
        return random;
    }

    private Value input(double[] values, int... sizes) {
        String name = "x" + inputs.size();
        inputs.put(name, Tensor.of(values, sizes));
        Value value = graph.input(name, sizes);
        leaves.add(value);
        return value;
    }

    private static double[] values(Shape shape, java.util.function.IntToDoubleFunction f) {
        return IntStream.range(0, (int) shape.size()).mapToDouble(f).toArray();
    }
}

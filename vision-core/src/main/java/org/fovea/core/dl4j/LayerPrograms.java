package org.fovea.core.dl4j;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.nd4j.Nd4jBackend;
import org.fovea.core.engine.Backends;
import org.fovea.core.graph.Gradients;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The compiled programs of one layer: one for each shape of its input, forward alone and with the backward pass. The parameters are
 * DeepLearning4j's, which changes them between runs; each run is given them anew. The backward pass computes forward again, so that
 * nothing is held between the two calls.
 *
 * <p>Keeps the programs used last and closes the others; after {@link #close} a run compiles anew. Thread-safe.
 */
final class LayerPrograms implements AutoCloseable {
    static final String INPUT = "x";
    static final String MASK = "mask";
    static final String OUTPUT_GRADIENT = "dy";
    private static final String RESULT = "y";
    private static final String INPUT_GRADIENT = "dx";
    private static final String GRADIENT = "gradient:";

    /** Maximum number of programs kept: forward and backward, for each length of sequence and size of batch in use. */
    static final int MOST = 16;

    private final BlockLayer layer;
    private final Backend backend;
    private final Precision precision;
    private final Map<Key, LayerProgram> programs = new LinkedHashMap<>(MOST, 0.75f, true);

    private record Key(Shape input, boolean masked, boolean backward) {}

    /**
     * The backward pass.
     *
     * @param input derivative by the input
     * @param parameters derivatives by the parameters, by name
     */
    record Backward(Tensor input, Map<String, Tensor> parameters) {}

    private LayerPrograms(BlockLayer layer, Backend backend, Precision precision) {
        this.layer = layer;
        this.backend = backend;
        this.precision = precision;
    }

    /**
     * Creates an empty set of programs for a layer.
     *
     * @throws IllegalArgumentException when the network's data type is neither FLOAT nor DOUBLE
     */
    static LayerPrograms of(BlockLayer layer, DataType type) {
        return switch (type) {
            case FLOAT -> new LayerPrograms(layer, Backends.automatic(), Precision.F32);
            case DOUBLE -> new LayerPrograms(layer, new Nd4jBackend(), Precision.F64);
            default ->
                throw new IllegalArgumentException(
                        layer.name() + ": the network's data type must be FLOAT or DOUBLE, got " + type
                                + "; set it with dataType(...) on the network's builder");
        };
    }

    Tensor forward(Map<String, Tensor> inputs, Map<String, Tensor> parameters) {
        return run(false, inputs, parameters).get(RESULT);
    }

    Backward backward(Map<String, Tensor> inputs, Map<String, Tensor> parameters) {
        Map<String, Tensor> out = run(true, inputs, parameters);
        Map<String, Tensor> gradients = new LinkedHashMap<>();
        parameters.keySet().forEach(name -> gradients.put(name, out.get(GRADIENT + name)));
        return new Backward(out.get(INPUT_GRADIENT), gradients);
    }

    private synchronized Map<String, Tensor> run(
            boolean backward, Map<String, Tensor> inputs, Map<String, Tensor> parameters) {
        Key key = new Key(inputs.get(INPUT).shape(), inputs.containsKey(MASK), backward);
        LayerProgram program = programs.get(key);
        if (program == null) {
            program = LayerProgram.compile(backend, graph(key), parameters, precision);
            programs.put(key, program);
            closeOldest();
        }
        return program.run(inputs, parameters);
    }

    private Graph graph(Key key) {
        Graph graph = new Graph();
        Value x = graph.input(INPUT, key.input().toArray());
        Optional<Value> mask = key.masked()
                ? Optional.of(graph.input(MASK, key.input().dim(0), key.input().dim(2)))
                : Optional.empty();
        Value y = layer.build(Scope.of(graph), x, mask);
        if (key.backward()) {
            backward(graph, x, y);
        } else {
            graph.output(RESULT, y);
        }
        return graph;
    }

    /** Adds the derivatives of Σ y·dy. */
    private static void backward(Graph graph, Value x, Value y) {
        Value dy = graph.input(OUTPUT_GRADIENT, y.shape().toArray());
        Value flat = y.multiply(dy).reshape((int) y.shape().size());
        List<Value> by = new ArrayList<>(graph.parameters().values());
        by.add(x);
        Map<Value, Value> gradients = Gradients.of(graph, flat.sum(false, 0), by);
        graph.output(INPUT_GRADIENT, gradients.get(x));
        Map.copyOf(graph.parameters()).forEach((name, value) -> graph.output(GRADIENT + name, gradients.get(value)));
    }

    private void closeOldest() {
        Iterator<LayerProgram> oldestFirst = programs.values().iterator();
        while (programs.size() > MOST) {
            oldestFirst.next().close();
            oldestFirst.remove();
        }
    }

    @Override
    public synchronized void close() {
        programs.values().forEach(LayerProgram::close);
        programs.clear();
    }

    /** Number of programs held. */
    synchronized int count() {
        return programs.size();
    }

    /** Descriptions of the compiled programs, for debugging. */
    @Override
    public synchronized String toString() {
        StringBuilder out = new StringBuilder();
        programs.forEach(
                (key, program) -> out.append(key).append('\n').append(program).append('\n'));
        return out.toString();
    }
}

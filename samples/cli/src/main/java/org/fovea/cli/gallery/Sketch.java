package org.fovea.cli.gallery;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Initializer;

/**
 * A block with weights set by hand, run once on the backend. A weight is known by its name or the end of it; biases that are not
 * set are zeros.
 */
final class Sketch {
    private final Backend backend;
    private final Graph graph = new Graph();
    private final Map<String, Tensor> inputs = new HashMap<>();
    private final Map<String, float[]> weights = new HashMap<>();
    private Optional<Function<String, Tensor>> chance = Optional.empty();

    Sketch(Backend backend) {
        this.backend = backend;
    }

    Scope scope() {
        return Scope.of(graph);
    }

    /** Adds an input with its value; an index input if the tensor holds integers. */
    Value given(Tensor tensor) {
        String name = "input" + inputs.size();
        inputs.put(name, tensor);
        int[] sizes = tensor.shape().toArray();
        return tensor.dtype().isFloat() ? graph.input(name, sizes) : graph.indexInput(name, sizes);
    }

    /** Adds an input of real numbers with its value. */
    Value given(float[] values, int... sizes) {
        return given(Tensor.of(values, sizes));
    }

    /**
     * Sets every weight whose name is this name or ends in a dot and this name; if several apply, the longest wins.
     *
     * @param values values in row-major order
     */
    Sketch weight(String name, float... values) {
        weights.put(name, values);
        return this;
    }

    /** Initializes weights that are not set randomly, from a seed. */
    Sketch drawn(Function<String, Initializer> initializer, long seed) {
        chance = Optional.of(name -> initializer.apply(name).create(name, shapeOf(name), seed));
        return this;
    }

    private Shape shapeOf(String name) {
        return graph.parameters().get(name).shape();
    }

    /** Marks a value as an output. */
    Sketch show(String name, Value value) {
        graph.output(name, value);
        return this;
    }

    /** Runs the graph and returns the outputs. */
    Map<String, Tensor> run() {
        try (Program program = backend.compile(graph, new HandSet(), Precision.F32)) {
            return program.run(inputs);
        }
    }

    private final class HandSet implements WeightSource {
        @Override
        public Shape shape(String name) {
            return shapeOf(name);
        }

        @Override
        public Tensor tensor(String name) {
            String best = null;
            for (String end : weights.keySet()) {
                boolean fits = name.equals(end) || name.endsWith("." + end);
                best = fits && (best == null || end.length() > best.length()) ? end : best;
            }
            if (best == null && chance.isPresent()) {
                return chance.get().apply(name);
            }
            if (best == null && !name.endsWith("bias")) {
                throw new IllegalStateException("Gallery: every weight must be set, got none for " + name);
            }
            return best == null
                    ? Tensor.zeros(DType.F32, shape(name))
                    : Tensor.of(weights.get(best), shape(name).toArray());
        }
    }
}

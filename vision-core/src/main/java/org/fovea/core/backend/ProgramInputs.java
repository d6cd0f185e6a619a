package org.fovea.core.backend;

import java.util.Map;
import org.fovea.core.graph.ElementKind;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;

/** The check every backend makes of a run's inputs, so that nothing of a wrong size reaches native code. */
public final class ProgramInputs {
    private ProgramInputs() {}

    /** Refuses a graph with states for training. */
    public static void checkTrainable(Graph graph) {
        if (!graph.states().isEmpty()) {
            throw new IllegalArgumentException("compileTraining: a graph that trains must have no states, got "
                    + graph.states().keySet() + "; unroll the steps in one graph");
        }
    }

    /** Refuses to run a program with states outside a session. */
    public static void checkStateless(Map<String, Value> states) {
        if (!states.isEmpty()) {
            throw new IllegalStateException(
                    "run: the program has the states " + states.keySet() + "; run a session of openSession()");
        }
    }

    /**
     * Compares the given tensors with what a graph declares.
     *
     * @param needed inputs of the graph that the outputs need
     * @param declared all inputs of the graph
     * @throws IllegalArgumentException when an input is missing, unknown, or of another shape or type; the message names the
     *     first such input
     */
    public static void check(Map<String, Value> declared, Map<String, Value> needed, Map<String, Tensor> given) {
        for (String name : given.keySet()) {
            if (!declared.containsKey(name)) {
                throw new IllegalArgumentException(
                        "run: inputs must be among " + declared.keySet() + ", got \"" + name + "\"");
            }
        }
        for (Map.Entry<String, Value> entry : needed.entrySet()) {
            Tensor tensor = given.get(entry.getKey());
            Value value = entry.getValue();
            if (tensor == null) {
                throw new IllegalArgumentException("run: input \"" + entry.getKey() + "\" " + value.type()
                        + " must be given, got only " + given.keySet());
            }
            boolean real = value.type().kind() == ElementKind.REAL;
            boolean typed =
                    switch (tensor.dtype()) {
                        case F32, F64 -> real;
                        case I32, I64 -> !real;
                        default -> false;
                    };
            if (!typed || !tensor.shape().equals(value.shape())) {
                throw new IllegalArgumentException("run: input \"" + entry.getKey() + "\" must be "
                        + (real ? "F32 or F64 " : "I32 or I64 ") + value.shape() + ", got " + tensor);
            }
        }
    }
}

package org.fovea.core.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reverse-mode differentiation: adds to a graph the operations that compute the derivative of a loss. */
public final class Gradients {
    private Gradients() {}

    /**
     * Adds the backward operations to the graph and returns the derivative of the loss by each of the given values.
     *
     * @param loss a value of one element
     * @param by parameters, inputs or any other values of real numbers
     * @return the derivative by each value, of its shape; zeros where the loss does not depend on it
     * @throws IllegalArgumentException when the loss has more than one element or reads a state, a value is of another graph
     *     or of indices
     * @throws UnsupportedOperationException when the path crosses an operation without a derivative (a rule of second
     *     order)
     */
    public static Map<Value, Value> of(Graph graph, Value loss, Collection<Value> by) {
        return of(graph, loss, by, Recomputation.none());
    }

    /**
     * Differentiates like {@link #of(Graph, Value, Collection)}, with parts of the forward pass recomputed. Dropout drops the
     * same elements, and the derivatives are bitwise equal.
     *
     * @param recomputation parts to recompute
     */
    public static Map<Value, Value> of(Graph graph, Value loss, Collection<Value> by, Recomputation recomputation) {
        check(graph, loss, by);
        Set<Value> wanted = dependents(graph, loss, by);
        Map<Value, Value> gradients = new HashMap<>();
        gradients.put(loss, graph.fill(1, loss.shape().toArray()));
        List<Node> forward =
                new ArrayList<>(graph.nodes().subList(0, loss.node().id() + 1));
        Rematerialization rematerialization = new Rematerialization(recomputation, forward);
        for (int i = forward.size() - 1; i >= 0; i--) {
            Node node = forward.get(i);
            boolean reached = node.outputs().stream().anyMatch(gradients::containsKey);
            boolean useful = node.inputs().stream().anyMatch(wanted::contains);
            if (reached && useful) {
                Rematerialization.label(node);
                node.op().gradient(new Backprop(node, gradients, wanted, rematerialization));
            }
        }
        graph.scope("");
        Map<Value, Value> out = new LinkedHashMap<>();
        for (Value value : by) {
            Value gradient = gradients.get(value);
            out.put(
                    value,
                    gradient != null ? gradient : graph.fill(0, value.shape().toArray()));
        }
        return out;
    }

    private static void check(Graph graph, Value loss, Collection<Value> by) {
        if (loss.shape().size() != 1) {
            throw new IllegalArgumentException(
                    "Gradients: the loss must have one element, got " + loss.shape() + "; sum or average it first");
        }
        if (loss.graph() != graph) {
            throw new IllegalArgumentException("Gradients: the loss " + loss + " must belong to the given graph");
        }
        checkStateless(graph, loss);
        for (Value value : by) {
            if (value.type().kind() != ElementKind.REAL) {
                throw new IllegalArgumentException(
                        "Gradients: derivatives are by real numbers, got " + value + " " + value.type());
            }
            if (value.graph() != graph) {
                throw new IllegalArgumentException("Gradients: " + value + " must belong to the given graph");
            }
        }
    }

    private static void checkStateless(Graph graph, Value loss) {
        Set<Node> read = new HashSet<>(Set.of(loss.node()));
        for (int i = loss.node().id(); i >= 0; i--) {
            Node node = graph.nodes().get(i);
            if (read.contains(node)) {
                if (node.op() instanceof State) {
                    throw new IllegalArgumentException(
                            "Gradients: there are no derivatives through a state, but the loss reads " + node
                                    + "; unroll the steps in one graph to train them");
                }
                node.inputs().forEach(v -> read.add(v.node()));
            }
        }
    }

    /** Values of real numbers that depend on a given one and precede the loss. */
    private static Set<Value> dependents(Graph graph, Value loss, Collection<Value> by) {
        Set<Value> wanted = new HashSet<>(by);
        for (Node node : graph.nodes().subList(0, loss.node().id() + 1)) {
            if (!(node.op() instanceof Detach) && node.inputs().stream().anyMatch(wanted::contains)) {
                for (Value out : node.outputs()) {
                    if (out.type().kind() == ElementKind.REAL) {
                        wanted.add(out);
                    }
                }
            }
        }
        return wanted;
    }
}

package org.fovea.core.graph;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Operands of a gradient rule: one node, the gradients that reached its results, and which operands want one. */
final class Backprop {
    private final Node node;
    private final Map<Value, Value> gradients;
    private final Set<Value> wanted;
    private final Rematerialization forward;

    Backprop(Node node, Map<Value, Value> gradients, Set<Value> wanted, Rematerialization forward) {
        this.node = node;
        this.gradients = gradients;
        this.wanted = wanted;
        this.forward = forward;
    }

    /** Values of the operands, for backward operations to read. */
    List<Value> inputs() {
        return node.inputs().stream().map(v -> forward.of(v, node)).toList();
    }

    /** Value of an operand, for backward operations to read. */
    Value input(int index) {
        return forward.of(node.input(index), node);
    }

    /** Value of a result, for backward operations to read. */
    Value output(int index) {
        return forward.of(node.outputs().get(index), node);
    }

    /** Returns whether a gradient reached this result. */
    boolean has(int output) {
        return gradients.containsKey(node.outputs().get(output));
    }

    /** The gradient of the first result. */
    Value dy() {
        return dy(0);
    }

    /** Gradient of a result; zeros if none reached it. */
    Value dy(int output) {
        Value result = node.outputs().get(output);
        Value known = gradients.get(result);
        return known != null ? known : node.graph().fill(0, result.shape().toArray());
    }

    /** Returns whether this operand's gradient is needed. */
    boolean wants(int index) {
        return wanted.contains(node.input(index));
    }

    /** Adds to the gradient of an operand; does nothing if it is not needed. */
    void add(int index, Value gradient) {
        if (wants(index)) {
            Value operand = node.input(index);
            if (!gradient.shape().equals(operand.shape())) {
                throw new IllegalStateException(node + ": the gradient of operand " + index + " must have its shape "
                        + operand.shape() + ", got " + gradient.shape());
            }
            gradients.merge(operand, gradient, PaddedSum::of);
        }
    }
}

package org.fovea.core.graph;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a gradient rule works with: one node, the gradients that reached its results, and which operands want one. */
final class Backprop {
    private final Node node;
    private final Map<Value, Value> gradients;
    private final Set<Value> wanted;

    Backprop(Node node, Map<Value, Value> gradients, Set<Value> wanted) {
        this.node = node;
        this.gradients = gradients;
        this.wanted = wanted;
    }

    List<Value> inputs() {
        return node.inputs();
    }

    Value input(int index) {
        return node.input(index);
    }

    Value output(int index) {
        return node.outputs().get(index);
    }

    /** Whether a gradient reached this result. */
    boolean has(int output) {
        return gradients.containsKey(output(output));
    }

    /** The gradient of the first result. */
    Value dy() {
        return dy(0);
    }

    /** The gradient of one result; zeros when none reached it. */
    Value dy(int output) {
        Value known = gradients.get(output(output));
        return known != null
                ? known
                : node.graph().fill(0, output(output).shape().toArray());
    }

    /** Whether this operand's gradient is asked for. */
    boolean wants(int index) {
        return wanted.contains(input(index));
    }

    /** Adds to the gradient of an operand; nothing when it is not wanted. */
    void add(int index, Value gradient) {
        if (wants(index)) {
            if (!gradient.shape().equals(input(index).shape())) {
                throw new IllegalStateException(node + ": the gradient of operand " + index + " must have its shape "
                        + input(index).shape() + ", got " + gradient.shape());
            }
            gradients.merge(input(index), gradient, PaddedSum::of);
        }
    }
}

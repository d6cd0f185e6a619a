package org.fovea.core.graph;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Values of the forward pass for backward operations: the kept ones, or copies of the operations that made them,
 * added just before their first reader. Copies start from what was kept: leaves and results of other parts. A copy that only
 * gave its shape to a rule has no reader, and backends leave it out.
 *
 * <p>The last part is kept whatever the choice, since its backward operations are the first to run.
 */
final class Rematerialization {
    private final Recomputation recomputation;
    private final Optional<String> last;
    private final Map<Node, Node> copies = new HashMap<>();

    /** @param forward forward nodes of the forward pass, in order */
    Rematerialization(Recomputation recomputation, Iterable<Node> forward) {
        this.recomputation = recomputation;
        Optional<String> found = Optional.empty();
        for (Node node : forward) {
            Optional<String> part = recomputation.part(node);
            found = part.isPresent() ? part : found;
        }
        this.last = found;
    }

    /** Value for the backward operations of a node that reads or computes it. */
    Value of(Value value, Node reader) {
        Optional<String> part = recomputation.part(reader);
        if (part.isEmpty() || part.equals(last)) {
            return value;
        }
        Value out = copy(value, part);
        label(reader);
        return out;
    }

    private Value copy(Value value, Optional<String> part) {
        Node node = value.node();
        if (node.inputs().isEmpty() || !recomputation.part(node).equals(part)) {
            return value;
        }
        Node copy = copies.get(node);
        if (copy == null) {
            var operands = node.inputs().stream().map(v -> copy(v, part)).toList();
            node.graph().scope("again " + node.scope());
            copy = node.graph().again(node, operands);
            copies.put(node, copy);
        }
        return copy.outputs().get(value.index());
    }

    /** Labels the backward operations of a node. */
    static void label(Node node) {
        node.graph().scope(node.scope().isEmpty() ? "backward" : "backward " + node.scope());
    }
}

package org.fovea.core.backend;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.fovea.core.graph.Gather;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Input;
import org.fovea.core.graph.Node;
import org.fovea.core.graph.Reshape;
import org.fovea.core.graph.ScatterUpdate;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;

/**
 * The ranges of inputs that select slices. Programs with states check them before a run, so that a bad index leaves the
 * states as they were.
 */
public final class IndexBounds {
    private record Bound(String input, int size, String reader) {}

    private final List<Bound> bounds = new ArrayList<>();

    private IndexBounds() {}

    /** Ranges of index inputs that a program with states needs; none in a graph without states. */
    public static IndexBounds of(Graph graph, Predicate<Node> needed) {
        IndexBounds out = new IndexBounds();
        if (!graph.states().isEmpty()) {
            graph.nodes().stream().filter(needed).forEach(out::add);
        }
        return out;
    }

    private void add(Node node) {
        if (node.op() instanceof Gather gather) {
            add(node, gather.axis());
        } else if (node.op() instanceof ScatterUpdate update) {
            add(node, update.axis());
        }
    }

    private void add(Node node, int axis) {
        Value index = node.input(1);
        while (index.node().op() instanceof Reshape) {
            index = index.node().input(0);
        }
        if (index.node().op() instanceof Input input) {
            String scope = node.scope().isEmpty() ? "" : " in " + node.scope();
            bounds.add(new Bound(input.name(), node.input(0).shape().dim(axis), node + scope));
        }
    }

    /**
     * Checks the inputs of a run, whose types have been checked.
     *
     * @throws IllegalArgumentException when an index is out of range; the message names the first such input
     */
    public void check(Map<String, Tensor> inputs) {
        for (Bound bound : bounds) {
            for (long index : inputs.get(bound.input()).toLongs()) {
                if (index < 0 || index >= bound.size()) {
                    throw new IllegalArgumentException("run: input \"" + bound.input() + "\" must hold indices in [0, "
                            + bound.size() + ") for " + bound.reader() + ", got " + index);
                }
            }
        }
    }
}

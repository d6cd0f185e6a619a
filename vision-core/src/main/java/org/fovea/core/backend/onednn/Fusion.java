package org.fovea.core.backend.onednn;

import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fovea.core.graph.Binary;
import org.fovea.core.graph.BinaryKind;
import org.fovea.core.graph.Gelu;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Linear;
import org.fovea.core.graph.Node;
import org.fovea.core.graph.Op;
import org.fovea.core.graph.ScatterUpdate;
import org.fovea.core.graph.Unary;
import org.fovea.core.graph.UnaryKind;
import org.fovea.core.graph.Value;

/** Finds the nodes that are needed, and those that ride as epilogues on a linear map: its activation and its residual sum. */
final class Fusion {
    static final Set<UnaryKind> ACTIVATIONS = Set.of(UnaryKind.RELU, UnaryKind.SILU, UnaryKind.TANH, UnaryKind.SIGMOID);

    private final Map<Value, Integer> uses = new HashMap<>();
    private final Set<Node> needed = new HashSet<>();
    private final Map<Node, Epilogue> atLast = new IdentityHashMap<>();
    private final Set<Node> absorbed = new HashSet<>();
    private final Set<Node> inPlace = new HashSet<>();

    /**
     * A linear map and what follows it in the same step.
     *
     * @param activation applied to the product and bias, or null
     * @param residual added last, or null
     */
    record Epilogue(Node linear, Op activation, Value residual) {}

    /** @param updates what changes after a run, and the values that are needed for it beside the graph's outputs */
    Fusion(Graph graph, Map<Value, Value> updates) {
        List<Node> nodes = graph.nodes();
        graph.outputs().values().forEach(v -> needed.add(v.node()));
        updates.values().forEach(v -> needed.add(v.node()));
        for (int i = nodes.size() - 1; i >= 0; i--) {
            if (needed.contains(nodes.get(i))) {
                nodes.get(i).inputs().forEach(v -> needed.add(v.node()));
            }
        }
        for (Node node : nodes) {
            if (needed.contains(node)) {
                node.inputs().forEach(v -> uses.merge(v, 1, Integer::sum));
            }
        }
        graph.outputs().values().forEach(v -> uses.merge(v, 1, Integer::sum));
        updates.values().forEach(v -> uses.merge(v, 1, Integer::sum));
        nodes.forEach(this::countAsOriginal);
        for (Node node : nodes) {
            if (needed.contains(node)) {
                fuse(node);
            }
        }
        updates.forEach(this::findInPlace);
    }

    /** A state's update that replaces slices of it may write into the state where nothing else reads what they replace. */
    private void findInPlace(Value state, Value next) {
        Set<Node> chain = new HashSet<>();
        Value at = next;
        while (at.node().op() instanceof ScatterUpdate) {
            chain.add(at.node());
            at = at.node().input(0);
            if (uses.get(at) != 1) {
                return;
            }
        }
        if (at.equals(state)) {
            inPlace.addAll(chain);
        }
    }

    /** Returns whether this node may write its result over its first operand, which is the memory of a state. */
    boolean isInPlace(Node node) {
        return inPlace.contains(node);
    }

    /** Nodes that a backward pass computes again are fused both times or neither, so that both have the same bits. */
    private void countAsOriginal(Node copy) {
        copy.original().ifPresent(original -> {
            for (Value value : copy.outputs()) {
                uses.merge(original.outputs().get(value.index()), uses.getOrDefault(value, 0), Math::max);
            }
        });
    }

    private void fuse(Node node) {
        if (node.op() instanceof Linear) {
            atLast.put(node, new Epilogue(node, null, null));
        } else if (isActivation(node.op())) {
            Epilogue before = onlyUse(node.input(0));
            if (before != null && before.activation() == null && before.residual() == null) {
                replace(node.input(0).node(), node, new Epilogue(before.linear(), node.op(), null));
            }
        } else if (node.op() instanceof Binary b && b.kind() == BinaryKind.ADD) {
            for (int side = 1; side >= 0; side--) {
                Value other = node.input(1 - side);
                Epilogue before = onlyUse(node.input(side));
                if (before != null
                        && before.residual() == null
                        && other.shape().equals(node.input(side).shape())) {
                    replace(node.input(side).node(), node, new Epilogue(before.linear(), before.activation(), other));
                    return;
                }
            }
        }
    }

    private static boolean isActivation(Op op) {
        return op instanceof Gelu || (op instanceof Unary u && ACTIVATIONS.contains(u.kind()));
    }

    private Epilogue onlyUse(Value value) {
        return uses.get(value) == 1 ? atLast.get(value.node()) : null;
    }

    private void replace(Node last, Node next, Epilogue epilogue) {
        atLast.remove(last);
        absorbed.add(last);
        atLast.put(next, epilogue);
    }

    /** Returns whether the outputs depend on this node. */
    boolean isNeeded(Node node) {
        return needed.contains(node);
    }

    /** Returns whether a needed node reads this value or it is a result itself. */
    boolean isUsed(Value value) {
        return uses.containsKey(value);
    }

    /** Returns whether this node's work is done in the step of a later node. */
    boolean isAbsorbed(Node node) {
        return absorbed.contains(node);
    }

    /** The fused linear map whose last node this is, or null. */
    Epilogue epilogue(Node node) {
        return atLast.get(node);
    }
}

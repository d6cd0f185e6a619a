package org.fovea.core.backend.onednn;

import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fovea.core.graph.Binary;
import org.fovea.core.graph.BinaryKind;
import org.fovea.core.graph.Constant;
import org.fovea.core.graph.Conv2d;
import org.fovea.core.graph.Detach;
import org.fovea.core.graph.Fill;
import org.fovea.core.graph.Gelu;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Input;
import org.fovea.core.graph.Linear;
import org.fovea.core.graph.Node;
import org.fovea.core.graph.Op;
import org.fovea.core.graph.Parameter;
import org.fovea.core.graph.Permute;
import org.fovea.core.graph.Reshape;
import org.fovea.core.graph.Resize2d;
import org.fovea.core.graph.ScatterUpdate;
import org.fovea.core.graph.Slice;
import org.fovea.core.graph.State;
import org.fovea.core.graph.Unary;
import org.fovea.core.graph.UnaryKind;
import org.fovea.core.graph.Value;

/**
 * Finds the nodes that are needed, and those that ride as epilogues on a linear map, a convolution or a bilinear resizing: its
 * activation, its residual sum and an activation of that.
 */
final class Fusion {
    static final Set<UnaryKind> ACTIVATIONS = Set.of(UnaryKind.RELU, UnaryKind.SILU, UnaryKind.TANH, UnaryKind.SIGMOID);

    private final Map<Value, Integer> uses = new HashMap<>();
    private final Set<Node> needed = new HashSet<>();
    private final Map<Node, Epilogue> atLast = new IdentityHashMap<>();
    private final Set<Node> absorbed = new HashSet<>();
    private final Set<Node> inPlace = new HashSet<>();
    private final Set<Node> resampledSums = new HashSet<>();

    /**
     * An operation and what follows it in the same step.
     *
     * @param head linear map, convolution or resizing
     * @param activation activation applied to its result, or null
     * @param residual value added then, or null
     * @param last activation applied to the sum, or null; only with a residual
     */
    record Epilogue(Node head, Op activation, Value residual, Op last) {
        private static Epilogue of(Node head) {
            return new Epilogue(head, null, null, null);
        }
    }

    /**
     * @param updates updates values that change after a run, with the next values, which are needed beside the graph's outputs
     */
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

    /** Lets a state's update that replaces slices write into the state's memory if nothing else reads the replaced slices. */
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

    /** Returns whether this node may write its result over its first operand, the memory of a state. */
    boolean isInPlace(Node node) {
        return inPlace.contains(node);
    }

    /**
     * Makes a node that is computed again in the backward pass fuse exactly if the original does, so that both results are
     * bitwise equal.
     */
    private void countAsOriginal(Node copy) {
        copy.original().ifPresent(original -> {
            for (Value value : copy.outputs()) {
                uses.merge(original.outputs().get(value.index()), uses.getOrDefault(value, 0), Math::max);
            }
        });
    }

    private void fuse(Node node) {
        if (node.op() instanceof Linear
                || node.op() instanceof Conv2d
                || (node.op() instanceof Resize2d resize && ResizeLowering.resamples(resize, node))) {
            atLast.put(node, Epilogue.of(node));
        } else if (isActivation(node.op())) {
            Epilogue before = onlyUse(node.input(0));
            if (before != null && before.residual() == null && before.activation() == null) {
                replace(node.input(0).node(), node, new Epilogue(before.head(), node.op(), null, null));
            } else if (before != null && before.residual() != null && before.last() == null) {
                replace(
                        node.input(0).node(),
                        node,
                        new Epilogue(before.head(), before.activation(), before.residual(), node.op()));
            }
        } else if (node.op() instanceof Binary b && b.kind() == BinaryKind.ADD) {
            for (int side = 1; side >= 0; side--) {
                Value other = node.input(1 - side);
                Epilogue before = onlyUse(node.input(side));
                if (before != null
                        && before.residual() == null
                        && other.shape().equals(node.input(side).shape())) {
                    Epilogue sum = new Epilogue(before.head(), before.activation(), other, null);
                    replace(node.input(side).node(), node, sum);
                    if (before.head().op() instanceof Resize2d) {
                        resampledSums.add(node);
                    }
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

    /** Returns whether this node adds a resized image to another one in a single step. */
    boolean isResampledSum(Node node) {
        return resampledSums.contains(node);
    }

    /** Returns whether a value has a single use, which may then overwrite its memory. */
    boolean isUsedOnce(Value value) {
        Value at = value;
        while (uses.getOrDefault(at, 0) == 1 && isView(at.node().op())) {
            at = at.node().input(0);
        }
        Op op = at.node().op();
        boolean given = op instanceof Input
                || op instanceof Parameter
                || op instanceof Constant
                || op instanceof State
                || op instanceof Fill
                || op instanceof ScatterUpdate
                || isView(op);
        return !given && uses.getOrDefault(at, 0) == 1;
    }

    private static boolean isView(Op op) {
        return op instanceof Reshape || op instanceof Permute || op instanceof Slice || op instanceof Detach;
    }

    /** Returns whether the outputs depend on this node. */
    boolean isNeeded(Node node) {
        return needed.contains(node);
    }

    /** Returns whether a needed node reads this value or it is itself a result. */
    boolean isUsed(Value value) {
        return uses.containsKey(value);
    }

    /** Returns whether a later node's step computes this node. */
    boolean isAbsorbed(Node node) {
        return absorbed.contains(node);
    }

    /** Fused operation that ends in this node, or null. */
    Epilogue epilogue(Node node) {
        return atLast.get(node);
    }
}

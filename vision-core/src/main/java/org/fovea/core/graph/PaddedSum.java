package org.fovea.core.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * Sums of gradients, without adding zeros: the gradients of neighboring slices of one value, each padded to its size, are
 * laid side by side instead.
 */
final class PaddedSum {
    private PaddedSum() {}

    static Value of(Value a, Value b) {
        Value joined = joined(a, b);
        if (joined == null) {
            joined = joined(b, a);
        }
        return joined != null ? joined : a.add(b);
    }

    /** Sum of a and b if b's own elements begin where a's end, else null. */
    private static Value joined(Value a, Value b) {
        if (!(a.node().op() instanceof Pad first)
                || !(b.node().op() instanceof Pad second)
                || first.axis() != second.axis()) {
            return null;
        }
        int axis = first.axis();
        int end = a.shape().dim(axis) - first.after();
        if (end != second.before()) {
            return null;
        }
        List<Value> parts = new ArrayList<>();
        parts.addAll(parts(a.node().input(0), axis));
        parts.addAll(parts(b.node().input(0), axis));
        Value all = parts.remove(0).concat(axis, parts.toArray(Value[]::new));
        return first.before() == 0 && second.after() == 0 ? all : all.pad(axis, first.before(), second.after());
    }

    private static List<Value> parts(Value value, int axis) {
        boolean several = value.node().op() instanceof Concat concat && concat.axis() == axis;
        return several ? value.node().inputs() : List.of(value);
    }
}

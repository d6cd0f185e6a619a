package org.fovea.core.testing;

import java.util.List;
import org.fovea.core.graph.Attention;
import org.fovea.core.graph.ScatterUpdate;
import org.fovea.core.graph.State;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;

/** States, and replacing slices of states and of other values; no derivative flows through any. */
final class StateCases {
    private StateCases() {}

    static void addTo(OpCases cases) {
        states(cases);
        scatter(cases, "rows", 0, new int[] {7, 3}, 2);
        scatter(cases, "middle axis", 1, new int[] {2, 5, 3}, 3);
        scatter(cases, "last axis, two index axes", 1, new int[] {2, 33}, 2, 3);
        scatter(cases, "scalar index", 1, new int[] {3, 4});
        scatter(cases, "no index", 0, new int[] {4, 2}, 0);
        cases.add(ScatterUpdate.class, "neighbors and repetitions", g -> {
            Value index = g.graph().constant(Tensor.of(new int[] {2, 3, 4, 3, 3, 0}, 6));
            g.constantOutput(g.normal(2, 6, 3).scatterUpdate(1, index, g.normal(2, 6, 3)));
        });
        inStates(cases);
        inOneAxis(cases);
    }

    private static void states(OpCases cases) {
        cases.add(State.class, "read and replaced", g -> {
            Value s = g.state(2, 3);
            Value x = g.normal(2, 3);
            g.constantOutput(s.multiply(x));
            g.graph().update(s, s.affine(0.5, 0).add(x));
        });
        cases.add(State.class, "scalar", g -> {
            Value s = g.state();
            g.constantOutput(s.affine(2, 0));
            g.graph().update(s, s.affine(1, 1));
        });
        cases.add(State.class, "straight to an output", g -> {
            Value s = g.state(5);
            g.constantOutput(s);
            g.graph().update(s, s.affine(2, 1));
        });
        cases.add(
                State.class,
                "without update",
                g -> g.constantOutput(g.state(1, 33).tanh()));
        cases.add(State.class, "that nothing reads", g -> {
            g.graph().update(g.state(3), g.normal(3).exp());
            g.constantOutput(g.normal(2));
        });
        cases.add(State.class, "two that change places", g -> {
            Value a = g.state(2, 2);
            Value b = g.state(2, 2);
            g.constantOutput(a.subtract(b));
            g.graph().update(a, b);
            g.graph().update(b, a);
        });
        cases.add(State.class, "replaced by a constant and by a part of another", g -> {
            Value a = g.state(2, 2);
            Value b = g.state(2);
            g.graph().update(a, g.graph().fill(3, 2, 2));
            g.graph().update(b, a.permute(1, 0).slice(0, 1, 2).reshape(2));
            g.constantOutput(a.sum(false, 0).add(b));
        });
        cases.add(State.class, "without elements", g -> {
            Value s = g.state(0, 3);
            g.graph().update(s, g.normal(0, 3));
            g.constantOutput(s.sum(false, 0));
        });
    }

    private static void scatter(OpCases cases, String name, int axis, int[] shape, int... index) {
        cases.add(ScatterUpdate.class, name, g -> {
            Value x = g.normal(shape);
            Value at = g.index(shape[axis], index);
            Value slices = g.normal(x.gather(axis, at).shape().toArray());
            g.constantOutput(x.scatterUpdate(axis, at, slices));
        });
        cases.add(ScatterUpdate.class, name + " of a state", g -> {
            Value x = g.state(shape);
            Value at = g.index(shape[axis], index);
            Value slices = g.normal(g.normal(shape).gather(axis, at).shape().toArray());
            Value y = x.scatterUpdate(axis, at, slices);
            g.graph().update(x, y);
            g.constantOutput(y.affine(2, 0));
        });
    }

    private static void inStates(OpCases cases) {
        cases.add(ScatterUpdate.class, "of a state that is read too", g -> {
            Value s = g.state(4, 3);
            Value y = s.scatterUpdate(0, g.index(4, 2), g.normal(2, 3).add(s.slice(0, 1, 3)));
            g.graph().update(s, y);
            g.constantOutput(y);
            g.constantOutput(s);
        });
        cases.add(ScatterUpdate.class, "of a state that keeps its values", g -> {
            Value s = g.state(4, 3);
            g.constantOutput(s.scatterUpdate(0, g.index(4, 1), g.normal(1, 3)).sum(false, 0));
        });
        cases.add(ScatterUpdate.class, "twice of a state", g -> {
            Value s = g.state(4, 3);
            Value first = s.scatterUpdate(0, g.index(4, 1), g.normal(1, 3));
            Value y = first.scatterUpdate(1, g.index(3, 1), g.normal(4, 1));
            g.graph().update(s, y);
            g.constantOutput(y.affine(2, 0));
        });
        cases.add(ScatterUpdate.class, "twice of a state, the first one read", g -> {
            Value s = g.state(4, 3);
            Value first = s.scatterUpdate(0, g.index(4, 1), g.normal(1, 3));
            g.graph().update(s, first.scatterUpdate(1, g.index(3, 1), g.normal(4, 1)));
            g.constantOutput(first);
        });
        cases.add(ScatterUpdate.class, "of one state as the next value of two", g -> {
            Value a = g.state(4, 3);
            Value b = g.state(4, 3);
            Value y = a.scatterUpdate(0, g.index(4, 1), g.normal(1, 3));
            g.graph().update(a, y);
            g.graph().update(b, y);
            g.constantOutput(b.affine(1, 0));
        });
        cases.add(ScatterUpdate.class, "of caches that attention reads", g -> {
            Value at = g.index(9, 2);
            Value k = appended(g, at);
            Value v = appended(g, at);
            g.constantOutput(g.graph()
                    .add(new Attention(0.5, false), List.of(g.normal(2, 3, 2, 4), k, v))
                    .outputs()
                    .get(0));
        });
    }

    /** Images at positions of their own: the rows of all caches in one axis. */
    private static void inOneAxis(OpCases cases) {
        cases.add(ScatterUpdate.class, "of caches with a position for each image", g -> {
            Value cache = g.cache(2 * 9, 3, 4); // [B·capacity, heads, D]
            Value y = cache.scatterUpdate(0, g.index(18, 2), g.normal(2, 3, 4));
            g.graph().update(cache, y);
            Value keys = y.reshape(2, 9, 3, 4).permute(0, 2, 1, 3); // [B, heads, capacity, D]
            g.constantOutput(g.graph()
                    .add(new Attention(0.5, false), List.of(g.normal(2, 3, 1, 4), keys, keys))
                    .outputs()
                    .get(0));
        });
    }

    private static Value appended(CaseGraph g, Value at) {
        Value cache = g.cache(2, 3, 9, 4);
        Value rows = g.normal(2, 2, 3, 4).affine(0.5, 0).permute(0, 2, 1, 3); // [B, heads, T, D]
        Value y = cache.scatterUpdate(2, at, rows);
        g.graph().update(cache, y);
        return y;
    }
}

package org.fovea.core.testing;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.fovea.core.graph.ArgMax;
import org.fovea.core.graph.Broadcast;
import org.fovea.core.graph.Concat;
import org.fovea.core.graph.Constant;
import org.fovea.core.graph.Detach;
import org.fovea.core.graph.Gather;
import org.fovea.core.graph.Input;
import org.fovea.core.graph.Pad;
import org.fovea.core.graph.Parameter;
import org.fovea.core.graph.Permute;
import org.fovea.core.graph.Reduce;
import org.fovea.core.graph.ReduceKind;
import org.fovea.core.graph.Reshape;
import org.fovea.core.graph.ScatterAdd;
import org.fovea.core.graph.Slice;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/** Leaves, movement of elements, and reductions. */
final class LayoutCases {
    private LayoutCases() {}

    static void addTo(OpCases cases) {
        leaves(cases);
        movement(cases);
        indices(cases);
        for (ReduceKind kind : ReduceKind.values()) {
            for (boolean keep : new boolean[] {false, true}) {
                reduce(cases, kind, keep, new int[] {5}, 0);
                reduce(cases, kind, keep, new int[] {1}, 0);
                reduce(cases, kind, keep, new int[] {33, 3}, 0);
                reduce(cases, kind, keep, new int[] {3, 65}, 1);
                reduce(cases, kind, keep, new int[] {2, 3, 4}, 1);
                reduce(cases, kind, keep, new int[] {2, 3, 4}, 2, 0);
                reduce(cases, kind, keep, new int[] {2, 3, 4}, 0, 1, 2);
                reduce(cases, kind, keep, new int[] {1, 3, 1, 2}, 0, 2);
            }
        }
    }

    private static void leaves(OpCases cases) {
        cases.add(Input.class, "straight to an output", g -> g.output(g.normal(2, 3)));
        cases.add(Input.class, "scalar", g -> g.output(g.normal()));
        cases.add(Input.class, "indices to an output", g -> g.output(g.index(9, 2, 3)));
        cases.add(Parameter.class, "[2, 3]", g -> g.output(g.weight(2, 3).multiply(g.normal(2, 3))));
        cases.add(Parameter.class, "straight to an output", g -> g.output(g.weight(4)));
        cases.add(
                Constant.class,
                "doubles",
                g -> g.output(g.graph()
                        .constant(Tensor.of(new double[] {0.1, -2, 3}, 3))
                        .multiply(g.normal(2, 3))));
        cases.add(
                Constant.class,
                "floats",
                g -> g.output(
                        g.graph().constant(Tensor.of(new float[] {0.5f}, 1)).add(g.normal(3))));
        cases.add(
                Constant.class,
                "indices",
                g -> g.output(g.normal(5, 2).gather(0, g.graph().constant(Tensor.of(new int[] {4, 0, 0}, 3)))));
    }

    private static void movement(OpCases cases) {
        cases.add(Reshape.class, "of a value used twice", g -> {
            Value x = g.normal(2, 6).affine(2, 0);
            g.output(x.reshape(3, 4));
            g.output(x.reshape(12).multiply(x.reshape(12)));
        });
        cases.add(
                Reshape.class,
                "of an input, scalar",
                g -> g.output(g.normal(1, 1).reshape()));
        cases.add(
                Reshape.class,
                "of indices",
                g -> g.output(g.normal(5, 2).gather(0, g.index(5, 4).reshape(2, 2))));
        cases.add(
                Detach.class,
                "of an input",
                g -> g.constantOutput(g.normal(2, 3).detach()));
        cases.add(Detach.class, "of a product, beside the way that counts", g -> {
            Value x = g.fixed(new double[] {1, -2, 0.5, 3, 0.25, -1}, 2, 3);
            Value y = g.normal(2, 3);
            g.output(x.multiply(x).detach().multiply(y).add(y));
        });
        permute(cases, new int[] {2, 3}, 1, 0);
        permute(cases, new int[] {17}, 0);
        permute(cases, new int[] {}, new int[0]);
        permute(cases, new int[] {1, 33, 2}, 2, 0, 1);
        permute(cases, new int[] {2, 3, 4, 5}, 0, 2, 1, 3);
        permute(cases, new int[] {2, 1, 4, 3}, 3, 1, 0, 2);
        cases.add(Permute.class, "of indices", g -> g.output(g.index(9, 2, 3).permute(1, 0)));
        cases.add(Slice.class, "first axis", g -> g.output(g.normal(5, 3).slice(0, 1, 3)));
        cases.add(Slice.class, "middle axis", g -> g.output(g.normal(2, 17, 3).slice(1, 16, 17)));
        cases.add(Slice.class, "last axis", g -> g.output(g.normal(2, 1, 33).slice(2, 0, 32)));
        cases.add(Slice.class, "whole axis", g -> g.output(g.normal(4).slice(0, 0, 4)));
        cases.add(Slice.class, "of indices", g -> g.output(g.index(9, 2, 5).slice(1, 2, 4)));
        cases.add(Pad.class, "first axis", g -> g.output(g.normal(2, 3).pad(0, 1, 2)));
        cases.add(Pad.class, "middle axis", g -> g.output(g.normal(2, 3, 1).pad(1, 0, 1)));
        cases.add(Pad.class, "last axis", g -> g.output(g.normal(17).pad(0, 3, 0)));
        cases.add(Pad.class, "nothing", g -> g.output(g.normal(2, 1).pad(1, 0, 0)));
        cases.add(Concat.class, "one", g -> g.output(g.normal(2, 3).concat(1)));
        cases.add(Concat.class, "first axis", g -> g.output(g.normal(1, 3).concat(0, g.normal(2, 3))));
        cases.add(
                Concat.class,
                "middle axis",
                g -> g.output(g.normal(2, 1, 3).concat(1, g.normal(2, 33, 3), g.normal(2, 2, 3))));
        cases.add(Concat.class, "last axis", g -> g.output(g.normal(2, 3, 1).concat(2, g.normal(2, 3, 1))));
        cases.add(Concat.class, "vectors", g -> g.output(g.normal(1).concat(0, g.normal(1))));
        cases.add(Concat.class, "of indices", g -> g.output(g.index(9, 2).concat(0, g.index(9, 3))));
        cases.add(Concat.class, "of a value with itself", g -> {
            Value x = g.normal(2, 3);
            g.output(x.concat(1, x));
        });
        broadcast(cases, new int[] {}, 2, 3);
        broadcast(cases, new int[] {1}, 1, 1);
        broadcast(cases, new int[] {3}, 17, 3);
        broadcast(cases, new int[] {3, 1}, 2, 3, 33);
        broadcast(cases, new int[] {2, 1, 3}, 2, 4, 3);
        broadcast(cases, new int[] {2, 1, 3, 1}, 2, 4, 3, 5);
        broadcast(cases, new int[] {1, 1, 3, 1}, 2, 4, 3, 1);
    }

    private static void permute(OpCases cases, int[] shape, int... axes) {
        cases.add(
                Permute.class,
                Arrays.toString(shape) + " by " + Arrays.toString(axes),
                g -> g.output(g.normal(shape).permute(axes)));
    }

    private static void broadcast(OpCases cases, int[] shape, int... to) {
        cases.add(
                Broadcast.class,
                Arrays.toString(shape) + " to " + Arrays.toString(to),
                g -> g.output(g.graph().apply(new Broadcast(Shape.of(to)), g.normal(shape))));
    }

    private static void indices(OpCases cases) {
        cases.add(Gather.class, "rows", g -> g.output(g.normal(7, 3).gather(0, g.index(7, 17))));
        cases.add(Gather.class, "of a vector", g -> g.output(g.normal(7).gather(0, g.index(7, 2, 3))));
        cases.add(Gather.class, "middle axis", g -> g.output(g.normal(2, 5, 3).gather(1, g.index(5, 4))));
        cases.add(
                Gather.class,
                "last axis, two index axes",
                g -> g.output(g.normal(2, 5).gather(1, g.index(5, 2, 2))));
        cases.add(Gather.class, "scalar index", g -> g.output(g.normal(5, 3).gather(0, g.index(5))));
        cases.add(Gather.class, "one row", g -> g.output(g.normal(1, 3).gather(0, g.index(1, 3))));
        scatter(cases, "rows", 0, 4, new int[] {17, 3}, 17);
        scatter(cases, "middle axis", 1, 5, new int[] {2, 6, 3}, 6);
        scatter(cases, "two index axes", 1, 3, new int[] {2, 2, 4}, 2, 4);
        scatter(cases, "scalar index", 0, 3, new int[] {2});
        scatter(cases, "one place", 0, 1, new int[] {5}, 5);
        argMax(cases, 0, 7);
        argMax(cases, 0, 3, 4);
        argMax(cases, 1, 17, 33);
        argMax(cases, 1, 2, 5, 3);
        argMax(cases, 1, 2, 1);
    }

    private static void scatter(OpCases cases, String name, int axis, int size, int[] shape, int... index) {
        cases.add(
                ScatterAdd.class,
                name,
                g -> g.output(g.graph().apply(new ScatterAdd(axis, size), g.normal(shape), g.index(size, index))));
    }

    private static void argMax(OpCases cases, int axis, int... shape) {
        cases.add(
                ArgMax.class,
                Arrays.toString(shape) + " axis " + axis,
                g -> g.output(g.distinct(shape).argMax(axis)));
        cases.add(ArgMax.class, "ties, " + Arrays.toString(shape) + " axis " + axis, g -> {
            int size = IntStream.of(shape).reduce(1, (a, b) -> a * b);
            g.output(g.fixed(g.random().ints(size, 0, 2).asDoubleStream().toArray(), shape)
                    .argMax(axis));
        });
    }

    private static void reduce(OpCases cases, ReduceKind kind, boolean keep, int[] shape, int... axes) {
        String name = kind + (keep ? " keeping " : " ") + Arrays.toString(shape) + " axes " + Arrays.toString(axes);
        cases.add(Reduce.class, name, g -> {
            Value x = kind == ReduceKind.MAX ? g.distinct(shape) : g.normal(shape);
            g.output(g.graph().apply(new Reduce(kind, IntStream.of(axes).boxed().toList(), keep), x));
        });
    }
}

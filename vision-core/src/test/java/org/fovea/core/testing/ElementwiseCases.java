package org.fovea.core.testing;

import java.util.Arrays;
import org.fovea.core.graph.Affine;
import org.fovea.core.graph.Binary;
import org.fovea.core.graph.BinaryKind;
import org.fovea.core.graph.Dropout;
import org.fovea.core.graph.Fill;
import org.fovea.core.graph.Gelu;
import org.fovea.core.graph.GeluGradient;
import org.fovea.core.graph.GeluKind;
import org.fovea.core.graph.Select;
import org.fovea.core.graph.Unary;
import org.fovea.core.graph.UnaryKind;
import org.fovea.core.graph.Value;

/** Functions of each element by itself. */
final class ElementwiseCases {
    private static final int[][] SHAPES = {{}, {1}, {17}, {2, 33}, {2, 1, 3}};

    /** Pairs of shapes that broadcast. */
    private static final int[][][] PAIRS = {
        {{2, 3}, {2, 3}},
        {{}, {}},
        {{4, 17}, {17}},
        {{17}, {4, 17}},
        {{3, 5}, {3, 1}},
        {{2, 3, 4}, {2, 3, 1}},
        {{2, 3, 4}, {2, 1, 1}},
        {{2, 3, 4}, {3, 1}},
        {{2, 3, 4}, {1, 3, 4}},
        {{2, 3, 4}, {2, 1, 4}},
        {{2, 1, 4}, {1, 3, 1}},
        {{5, 1}, {1, 33}},
        {{2, 3}, {}},
        {{}, {2, 3}},
        {{1, 1}, {1}},
        {{2, 1, 3, 1}, {1, 2, 1, 4}},
    };

    private ElementwiseCases() {}

    static void addTo(OpCases cases) {
        for (int[] shape : SHAPES) {
            for (UnaryKind kind : UnaryKind.values()) {
                cases.add(
                        Unary.class,
                        kind + Arrays.toString(shape),
                        g -> g.output(operand(g, kind, shape).unary(kind)));
            }
            for (GeluKind kind : GeluKind.values()) {
                String name = kind + Arrays.toString(shape);
                cases.add(Gelu.class, name, g -> g.output(g.normal(shape).gelu(kind)));
                cases.add(
                        GeluGradient.class,
                        name,
                        g -> g.output(g.graph().apply(new GeluGradient(kind), g.normal(shape), g.normal(shape))));
            }
            cases.add(
                    Affine.class,
                    Arrays.toString(shape),
                    g -> g.output(g.normal(shape).affine(-2.5, 0.75)));
            cases.add(
                    Fill.class,
                    Arrays.toString(shape),
                    g -> g.output(g.graph().fill(1.25, shape).add(g.normal(shape))));
            cases.add(
                    Fill.class,
                    "alone " + Arrays.toString(shape),
                    g -> g.output(g.graph().fill(0.1, shape)));
            cases.add(
                    Dropout.class,
                    Arrays.toString(shape),
                    g -> g.output(g.graph().apply(new Dropout(0.4, 3), g.normal(shape), g.index(1000, 1))));
        }
        for (int[][] pair : PAIRS) {
            for (BinaryKind kind : BinaryKind.values()) {
                cases.add(Binary.class, kind + Arrays.deepToString(pair), g -> binary(g, kind, pair[0], pair[1]));
            }
            cases.add(Select.class, Arrays.deepToString(pair), g -> select(g, pair[0], pair[1]));
        }
        cases.add(
                Select.class,
                "condition broadcasts",
                g -> g.output(g.fixed(new double[] {0, 1, -2}, 3, 1).select(g.normal(2, 1, 4), g.normal(3, 4))));
        cases.add(Binary.class, "a value with itself", g -> {
            Value x = g.normal(3, 4);
            g.output(x.multiply(x).add(x));
        });
    }

    private static Value operand(CaseGraph g, UnaryKind kind, int... shape) {
        return switch (kind) {
            case LOG, SQRT -> g.uniform(0.5, 4, shape);
            case RECIPROCAL -> g.awayFromZero(0.5, shape);
            case ABS, RELU, SIGN -> g.awayFromZero(0.1, shape);
            default -> g.normal(shape);
        };
    }

    private static void binary(CaseGraph g, BinaryKind kind, int[] a, int[] b) {
        switch (kind) {
            case ADD -> g.output(g.normal(a).add(g.normal(b)));
            case DIVIDE -> g.output(g.normal(a).divide(g.awayFromZero(0.5, b)));
            case EQUAL -> {
                Value x = g.fixed(whole(g, a), a);
                g.constantOutput(x.equalTo(g.fixed(whole(g, b), b)));
            }
            default -> g.output(g.graph().apply(new Binary(kind), g.distinct(a), g.distinct(b)));
        }
    }

    private static double[] whole(CaseGraph g, int... shape) {
        int size = Arrays.stream(shape).reduce(1, (x, y) -> x * y);
        return g.random().ints(size, 0, 3).asDoubleStream().toArray();
    }

    private static void select(CaseGraph g, int[] a, int[] b) {
        Value condition = g.fixed(whole(g, a), a);
        g.output(condition.select(g.normal(a), g.normal(b)));
    }
}

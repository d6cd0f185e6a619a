package org.fovea.core.testing;

import java.util.Arrays;
import org.fovea.core.graph.Linear;
import org.fovea.core.graph.MatMul;

/** Matrix products. */
final class MatrixCases {
    private MatrixCases() {}

    static void addTo(OpCases cases) {
        linear(cases, 1, 1);
        linear(cases, 5, 3);
        linear(cases, 3, 4, 2);
        linear(cases, 33, 17, 1, 5);
        linear(cases, 4, 1, 2, 3);
        linear(cases, 1, 4, 2, 3);
        cases.add(
                Linear.class,
                "of a weight held by the program",
                g -> g.output(g.normal(2, 3).linear(g.weight(5, 3), g.weight(5))));
        for (int width : new int[] {2, 3}) {
            cases.add(MatMul.class, "one row of " + width + " out of wider rows", g -> g.output(
                    g.normal(2, 4, 1).matmul(g.normal(2, 1, 2 * width).slice(2, 0, width))));
        }
        for (boolean a : new boolean[] {false, true}) {
            for (boolean b : new boolean[] {false, true}) {
                matmul(cases, a, b, new int[] {}, new int[] {}, 2, 3, 4);
                matmul(cases, a, b, new int[] {}, new int[] {}, 1, 1, 1);
                matmul(cases, a, b, new int[] {}, new int[] {}, 1, 17, 1);
                matmul(cases, a, b, new int[] {}, new int[] {}, 17, 1, 33);
                matmul(cases, a, b, new int[] {3}, new int[] {3}, 2, 4, 5);
                matmul(cases, a, b, new int[] {3}, new int[] {3}, 1, 4, 1);
                matmul(cases, a, b, new int[] {3}, new int[] {}, 2, 3, 4);
                matmul(cases, a, b, new int[] {}, new int[] {3}, 2, 3, 4);
                matmul(cases, a, b, new int[] {1}, new int[] {1}, 2, 3, 4);
                matmul(cases, a, b, new int[] {2, 3}, new int[] {2, 3}, 4, 1, 5);
                matmul(cases, a, b, new int[] {2, 1}, new int[] {1, 3}, 3, 2, 2);
                matmul(cases, a, b, new int[] {3}, new int[] {2, 3}, 2, 17, 2);
            }
        }
    }

    /** x [sizes..., in], with and without a bias. */
    private static void linear(OpCases cases, int out, int in, int... sizes) {
        int[] x = join(sizes, in);
        String name = Arrays.toString(x) + " to " + out;
        cases.add(Linear.class, name, g -> g.output(g.normal(x).linear(g.normal(out, in))));
        cases.add(Linear.class, name + " biased", g -> g.output(g.normal(x).linear(g.normal(out, in), g.normal(out))));
    }

    private static void matmul(
            OpCases cases, boolean a, boolean b, int[] batchA, int[] batchB, int rows, int inner, int columns) {
        int[] left = a ? join(batchA, inner, rows) : join(batchA, rows, inner);
        int[] right = b ? join(batchB, columns, inner) : join(batchB, inner, columns);
        String name = Arrays.toString(left) + (a ? "ᵀ" : "") + Arrays.toString(right) + (b ? "ᵀ" : "");
        cases.add(MatMul.class, name, g -> g.output(g.normal(left).matmul(g.normal(right), a, b)));
    }

    private static int[] join(int[] first, int... rest) {
        int[] out = Arrays.copyOf(first, first.length + rest.length);
        System.arraycopy(rest, 0, out, first.length, rest.length);
        return out;
    }
}

package org.fovea.core.testing;

import java.util.Arrays;
import java.util.List;
import org.fovea.core.graph.AdamW;
import org.fovea.core.graph.MomentumSgd;
import org.fovea.core.graph.UnaryGradient;
import org.fovea.core.graph.UnaryKind;
import org.fovea.core.graph.Value;

/** Cases of operations that only training computes. */
final class TrainingCases {
    private static final int[][] SHAPES = {{}, {1}, {17}, {2, 33}, {2, 1, 3}};

    private TrainingCases() {}

    static void addTo(OpCases cases) {
        for (int[] shape : SHAPES) {
            for (UnaryKind kind : List.of(UnaryKind.RELU, UnaryKind.TANH, UnaryKind.SIGMOID, UnaryKind.SILU)) {
                cases.add(
                        UnaryGradient.class,
                        kind + Arrays.toString(shape),
                        g -> g.output(
                                g.graph().apply(new UnaryGradient(kind), g.awayFromZero(0.1, shape), g.normal(shape))));
            }
            for (int t : new int[] {0, 1, 50}) {
                AdamW op = new AdamW(0.9, 0.99, 1e-6, t / 100.0, 0.5);
                cases.add(
                        AdamW.class,
                        "t=" + t + " " + Arrays.toString(shape),
                        g -> g.outputs(g.graph()
                                .add(
                                        op,
                                        List.of(
                                                g.weight(shape),
                                                g.normal(shape),
                                                g.normal(shape),
                                                g.uniform(0.1, 2, shape),
                                                scalar(g, 0.25),
                                                scalar(g, t)))));
            }
            for (boolean nesterov : new boolean[] {false, true}) {
                MomentumSgd op = new MomentumSgd(0.9, nesterov, 0.05, 0.5);
                cases.add(
                        MomentumSgd.class,
                        (nesterov ? "nesterov " : "") + Arrays.toString(shape),
                        g -> g.outputs(g.graph()
                                .add(op, List.of(g.weight(shape), g.normal(shape), g.normal(shape), scalar(g, 0.25)))));
            }
        }
    }

    private static Value scalar(CaseGraph g, double number) {
        return g.fixed(new double[] {number});
    }
}

package org.fovea.core.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fovea.core.graph.Attention;
import org.fovea.core.graph.AttentionGradient;
import org.fovea.core.graph.Node;
import org.fovea.core.graph.Value;

/** Scaled dot-product attention. */
final class AttentionCases {
    private AttentionCases() {}

    static void addTo(OpCases cases) {
        attention(cases, new int[] {2, 3, 5, 7, 4, 6}, null);
        attention(cases, new int[] {1, 1, 1, 1, 1, 1}, null);
        attention(cases, new int[] {1, 2, 17, 17, 8, 8}, null);
        attention(cases, new int[] {1, 1, 33, 3, 1, 2}, new int[] {33, 3});
        attention(cases, new int[] {2, 2, 3, 4, 5, 5}, new int[] {2, 2, 3, 4});
        attention(cases, new int[] {2, 2, 3, 4, 5, 5}, new int[] {2, 1, 1, 4});
        attention(cases, new int[] {2, 2, 3, 4, 5, 5}, new int[] {1});
        attention(cases, new int[] {2, 3, 0, 4, 5, 6}, null);
        attention(cases, new int[] {2, 3, 0, 4, 5, 6}, new int[] {2, 1, 1, 4});
        for (int batch : new int[] {1, 2}) {
            cases.add(
                    Attention.class,
                    "heads inside tokens, batch " + batch,
                    g -> g.outputs(g.graph()
                            .add(
                                    new Attention(0.5, false),
                                    List.of(
                                            g.normal(batch, 4, 3, 2).permute(0, 2, 1, 3),
                                            g.normal(batch, 5, 3, 2).permute(0, 2, 1, 3),
                                            g.normal(batch, 5, 3, 2).permute(0, 2, 1, 3)))));
        }
        cases.add(Attention.class, "hidden keys and a row of none", g -> {
            double no = Double.NEGATIVE_INFINITY;
            Value mask = g.fixed(new double[] {0, no, 0, no, no, no}, 2, 3);
            g.outputs(g.graph()
                    .add(
                            new Attention(0.5, true),
                            List.of(g.normal(1, 2, 2, 4), g.normal(1, 2, 3, 4), g.normal(1, 2, 3, 4), mask)));
        });
    }

    /** Sizes in the order B, heads, N, M, D, E. */
    private static void attention(OpCases cases, int[] s, int[] mask) {
        String name = Arrays.toString(s) + (mask == null ? "" : " mask " + Arrays.toString(mask));
        for (boolean weights : new boolean[] {false, true}) {
            cases.add(Attention.class, name + (weights ? " with weights" : ""), g -> {
                Node node = g.graph().add(new Attention(0.7, mask != null), operands(g, s, mask));
                node.outputs().subList(0, weights ? 2 : 1).forEach(g::output);
            });
        }
        cases.add(AttentionGradient.class, name, g -> {
            List<Value> operands = operands(g, s, mask);
            operands.add(g.normal(s[0], s[1], s[2], s[5]));
            g.outputs(g.graph().add(new AttentionGradient(0.7, mask != null), operands));
        });
    }

    private static List<Value> operands(CaseGraph g, int[] s, int[] mask) {
        List<Value> out = new ArrayList<>(List.of(
                g.normal(s[0], s[1], s[2], s[4]), g.normal(s[0], s[1], s[3], s[4]), g.normal(s[0], s[1], s[3], s[5])));
        if (mask != null) {
            out.add(g.normal(mask));
        }
        return out;
    }
}

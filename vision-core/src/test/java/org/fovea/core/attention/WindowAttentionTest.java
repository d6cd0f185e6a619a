package org.fovea.core.attention;

import java.util.List;
import java.util.Map;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.MultiHeadSelfAttention;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.AllPairs;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

class WindowAttentionTest extends BlockContract {
    @Override
    protected List<BlockCase> cases() {
        return List.of(
                new BlockCase(
                        "windows of 2",
                        g -> g.output(new WindowAttention(2, 2, 0)
                                .build(g.scope(), g.normal(2, 4, 6, 4))
                                .values())),
                new BlockCase(
                        "shifted, padded, weights kept",
                        g -> g.output(new WindowAttention(2, 3, 1).build(g.scope(), g.normal(2, 5, 7, 4)))),
                new BlockCase(
                        "shifted along the width alone",
                        g -> g.output(new WindowAttention(1, 3, 2)
                                .build(g.scope(), g.normal(1, 2, 6, 2))
                                .values())));
    }

    @Test
    void equalScoresGiveTheMeanOfAWindow() {
        // windows of 2 on a row of 5, shifted by 1: (1, 2), (3, 4) and 0 alone, with padding
        List<Tensor> out = BlockCheck.run(
                Map.of(
                        "qkv.weight", new double[] {0, 0, 1},
                        "qkv.bias", new double[3],
                        "output.weight", new double[] {1},
                        "output.bias", new double[1],
                        "offsets", new double[9]),
                g -> g.output(new WindowAttention(1, 2, 1)
                        .build(g.scope(), g.given(new double[] {7, 1, 3, 10, 20}, 1, 1, 5, 1))
                        .values()));
        Tensors.assertClose(new double[] {7, 2, 2, 15, 15}, out.get(0), 1e-12);
    }

    @Test
    void oneWindowIsPlainAttention() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value x = g.normal(2, 3, 3, 4);
            g.set("offsets", Tensor.of(new double[50], 25, 2));
            g.output(new WindowAttention(2, 3, 1).build(g.scope(), x).values().reshape(2, 9, 4));
            g.output(new MultiHeadSelfAttention(2, true)
                    .build(g.scope(), x.reshape(2, 9, 4))
                    .values());
        });
        Tensors.assertClose(out.get(1), out.get(0), 1e-12);
    }

    @Test
    void isPlainAttentionUnderAMask() {
        for (int[] s :
                new int[][] {{4, 6, 2, 0}, {4, 6, 2, 1}, {5, 7, 3, 1}, {7, 5, 3, 2}, {7, 2, 3, 1}, {10, 9, 4, 3}}) {
            isPlainAttentionUnderAMask(s[0], s[1], s[2], s[3]);
        }
    }

    private static void isPlainAttentionUnderAMask(int height, int width, int window, int shift) {
        int tokens = height * width;
        int side = 2 * window - 1;
        double[] offsets = new double[2 * side * side];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = Math.sin(i);
        }
        double[] bias = new double[2 * tokens * tokens];
        for (int i = 0; i < bias.length; i++) {
            int q = i / tokens % tokens;
            int k = i % tokens;
            boolean together = window(q / width, height, window, shift) == window(k / width, height, window, shift)
                    && window(q % width, width, window, shift) == window(k % width, width, window, shift);
            int offset = (q / width - k / width + window - 1) * side + q % width - k % width + window - 1;
            bias[i] = together ? offsets[offset * 2 + i / tokens / tokens] : Double.NEGATIVE_INFINITY;
        }
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value x = g.normal(2, height, width, 4);
            g.set("offsets", Tensor.of(offsets, side * side, 2));
            g.output(new WindowAttention(2, window, shift)
                    .build(g.scope(), x)
                    .values()
                    .reshape(2, tokens, 4));
            g.output(new MultiHeadSelfAttention(2, true)
                    .build(g.scope(), x.reshape(2, tokens, 4), g.graph().constant(Tensor.of(bias, 2, tokens, tokens)))
                    .values());
        });
        Tensors.assertClose(out.get(1), out.get(0), 1e-12);
    }

    /** Index of the window that a token of an axis is in; those before the first border are one of their own. */
    private static int window(int at, int size, int window, int shift) {
        return size <= window ? 0 : Math.floorDiv(at - shift, window);
    }

    @Test
    void shiftsOfAWindowAreRefused() {
        BlockCheck.assertError(
                "shift must be at least 0 and below the window, got 4 and 4", g -> new WindowAttention(1, 4, 4));
    }

    @Test
    void allPairsAreNeverHeld() {
        for (int shift : new int[] {0, 4}) {
            AllPairs.assertNeverHeld(
                    1024,
                    g -> g.output(new WindowAttention(1, 8, shift)
                            .build(g.scope(), g.normal(1, 32, 32, 8))
                            .values()));
        }
    }
}

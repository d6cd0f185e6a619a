package org.fovea.core.attention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

class SpatialReductionAttentionTest extends BlockContract {
    @Override
    protected List<BlockCase> cases() {
        return List.of(
                new BlockCase(
                        "squares of 2",
                        g -> g.output(new SpatialReductionAttention(2, 2, 4, 6, 1e-5)
                                .build(g.scope(), g.normal(2, 24, 4))
                                .values())),
                new BlockCase(
                        "a rest that gives no square, weights kept",
                        g -> g.output(
                                new SpatialReductionAttention(1, 2, 5, 3, 1e-5).build(g.scope(), g.normal(1, 15, 2)))));
    }

    @Test
    void equalScoresGiveTheMeanOfTheNormedSquares() {
        // 2 x 4 tokens of two channels; each square's mean is (m, -m), which the norm brings to (±1, ∓1)
        double[] tokens = new double[16];
        for (int i = 0; i < 8; i++) {
            tokens[2 * i] = i % 4 < 2 ? 3 : -5;
            tokens[2 * i + 1] = -tokens[2 * i];
        }
        double[] mean = new double[16]; // [2, 2, 2, 2]
        for (int i = 0; i < 4; i++) {
            mean[i] = 0.25;
            mean[12 + i] = 0.25;
        }
        List<Tensor> out = BlockCheck.run(
                Map.ofEntries(
                        Map.entry("reduction.weight", mean),
                        Map.entry("reduction.bias", new double[2]),
                        Map.entry("norm.scale", new double[] {1, 1}),
                        Map.entry("norm.shift", new double[] {0, 0.5}),
                        Map.entry("query.weight", new double[4]),
                        Map.entry("query.bias", new double[2]),
                        Map.entry("kv.weight", new double[] {0, 0, 0, 0, 1, 0, 0, 1}),
                        Map.entry("kv.bias", new double[4]),
                        Map.entry("output.weight", new double[] {1, 0, 0, 1}),
                        Map.entry("output.bias", new double[] {7, 0})),
                g -> g.output(new SpatialReductionAttention(1, 2, 2, 4, 1e-12)
                        .build(g.scope(), g.given(tokens, 1, 8, 2))
                        .values()
                        .slice(1, 0, 1)));
        Tensors.assertClose(new double[] {7, 0.5}, out.get(0), 1e-9);
    }

    @Test
    void aGridSmallerThanASquareIsAnError() {
        String text = assertThrows(
                        IllegalArgumentException.class, () -> new SpatialReductionAttention(1, 4, 3, 9, 1e-5))
                .getMessage();
        assertEquals("SpatialReductionAttention: the grid must hold a square of the reduction, 4, got 3 x 9", text);
    }
}

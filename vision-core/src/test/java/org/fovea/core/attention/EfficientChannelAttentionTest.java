package org.fovea.core.attention;

import java.util.List;
import java.util.Map;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

class EfficientChannelAttentionTest extends BlockContract {
    @Override
    protected List<BlockCase> cases() {
        return List.of(
                new BlockCase(
                        "5 channels, kernel 3",
                        g -> g.output(new EfficientChannelAttention(3)
                                .build(g.scope(), g.normal(2, 5, 3, 2))
                                .values())),
                new BlockCase(
                        "2 channels, kernel 5, shares kept",
                        g -> g.output(new EfficientChannelAttention(5).build(g.scope(), g.normal(1, 2, 2, 3)))));
    }

    @Test
    void sharesByHand() {
        // means 1, 2, 4 under the kernel (1, 0, -1): 0 - 2, 1 - 4, 2 - 0
        List<Tensor> out = BlockCheck.run(
                Map.of("weight", new double[] {1, 0, -1}),
                g -> g.output(new EfficientChannelAttention(3)
                        .build(g.scope(), g.given(new double[] {1, 2, 4}, 1, 3, 1, 1))));
        double[] shares = {sigmoid(-2), sigmoid(-3), sigmoid(2)};
        Tensors.assertClose(shares, out.get(1), 1e-12);
        Tensors.assertClose(new double[] {shares[0], 2 * shares[1], 4 * shares[2]}, out.get(0), 1e-12);
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    @Test
    void weightsOfZeroHalveTheImage() {
        List<Tensor> out = BlockCheck.run(Map.of("weight", new double[3]), g -> {
            Value x = g.normal(2, 4, 3, 3);
            g.output(new EfficientChannelAttention(3).build(g.scope(), x).values());
            g.output(x.affine(0.5, 0));
        });
        Tensors.assertClose(out.get(1), out.get(0), 1e-12);
    }

    @Test
    void kernelsOfThePaper() {
        int[][] known = {{2, 1}, {8, 3}, {64, 3}, {128, 5}, {256, 5}, {512, 5}, {2048, 7}};
        for (int[] pair : known) {
            int kernel = EfficientChannelAttention.of(pair[0]).kernel();
            if (kernel != pair[1]) {
                throw new AssertionError(pair[0] + " channels: kernel must be " + pair[1] + ", got " + kernel);
            }
        }
    }

    @Test
    void evenKernelsAreRefused() {
        BlockCheck.assertError("kernel must be odd and at least 1, got 4", g -> new EfficientChannelAttention(4));
    }
}

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

class VisionEagleAttentionTest extends BlockContract {
    @Override
    protected List<BlockCase> cases() {
        return List.of(
                new BlockCase(
                        "features half as large",
                        g -> g.output(new VisionEagleAttention()
                                .build(g.scope(), g.normal(2, 2, 4, 3), g.normal(2, 3, 8, 6))
                                .values())),
                new BlockCase(
                        "map kept",
                        g -> g.output(new VisionEagleAttention()
                                .build(g.scope(), g.normal(1, 1, 5, 5), g.normal(1, 2, 5, 5)))));
    }

    @Test
    void mapByHand() {
        // the kernel's center sees places (0, 0) and (0, 2): ReLU(2) and ReLU(-2) on channel 0; channel 1 is 0.
        // σ(2) and σ(0), resized from two to four: at -0.25, 0.25, 0.75, 1.25 of the way
        double[] centers = new double[18];
        centers[4] = 1;
        List<Tensor> out = BlockCheck.run(
                Map.of(
                        "in.weight", centers,
                        "in.bias", new double[2],
                        "out.weight", new double[] {1, 5},
                        "out.bias", new double[1]),
                g -> g.output(new VisionEagleAttention()
                        .build(
                                g.scope(),
                                g.given(new double[] {2, 9, -2, 9}, 1, 1, 1, 4),
                                g.given(new double[] {1, 1, 1, 2}, 1, 1, 1, 4))));
        double a = 1 / (1 + Math.exp(-2));
        double[] map = {a, 0.75 * a + 0.25 * 0.5, 0.25 * a + 0.75 * 0.5, 0.5};
        Tensors.assertClose(map, out.get(1), 1e-12);
        Tensors.assertClose(new double[] {map[0], map[1], map[2], 2 * map[3]}, out.get(0), 1e-12);
    }

    @Test
    void weightsOfZeroHalveWhatIsGated() {
        List<Tensor> out = BlockCheck.run(
                Map.of(
                        "in.weight", new double[72],
                        "in.bias", new double[2 * 2],
                        "out.weight", new double[4],
                        "out.bias", new double[1]),
                g -> {
                    Value x = g.normal(1, 3, 5, 6);
                    g.output(new VisionEagleAttention()
                            .build(g.scope(), g.normal(1, 2, 4, 4), x)
                            .values());
                    g.output(x.affine(0.5, 0));
                });
        Tensors.assertClose(out.get(1), out.get(0), 1e-12);
    }

    @Test
    void batchesThatDifferAreNamed() {
        BlockCheck.assertError("of the same batch, got [1, 2, 4, 4] and [2, 3, 8, 8]", g -> new VisionEagleAttention()
                .build(g.scope(), g.normal(1, 2, 4, 4), g.normal(2, 3, 8, 8)));
    }
}

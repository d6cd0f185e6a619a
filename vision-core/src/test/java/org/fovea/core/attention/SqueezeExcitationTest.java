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

class SqueezeExcitationTest extends BlockContract {
    @Override
    protected List<BlockCase> cases() {
        return List.of(
                new BlockCase(
                        "4 channels, reduction 2",
                        g -> g.output(new SqueezeExcitation(2, false)
                                .build(g.scope(), g.normal(2, 4, 3, 2))
                                .values())),
                new BlockCase(
                        "5 channels, reduction 2, biases, shares kept",
                        g -> g.output(new SqueezeExcitation(2, true).build(g.scope(), g.normal(1, 5, 2, 3)))));
    }

    @Test
    void sharesByHand() {
        // means 2 and -1; squeezed ReLU(2 - 3·(-1)) = 5 and ReLU(-2) = 0; shares σ(0.2·5) and σ(0)
        double first = 1 / (1 + Math.exp(-1));
        List<Tensor> out = BlockCheck.run(
                Map.of(
                        "squeeze.weight", new double[] {1, -3, -1, 0},
                        "excite.weight", new double[] {0.2, 7, 0, 7}),
                g -> g.output(new SqueezeExcitation(1, false)
                        .build(g.scope(), g.given(new double[] {1, 3, -1, -1}, 1, 2, 1, 2))));
        Tensors.assertClose(new double[] {first, 3 * first, -0.5, -0.5}, out.get(0), 1e-12);
        Tensors.assertClose(new double[] {first, 0.5}, out.get(1), 1e-12);
    }

    @Test
    void weightsOfZeroHalveTheImage() {
        List<Tensor> out =
                BlockCheck.run(Map.of("squeeze.weight", new double[8], "excite.weight", new double[8]), g -> {
                    Value x = g.normal(2, 4, 3, 3);
                    g.output(new SqueezeExcitation(2, false).build(g.scope(), x).values());
                    g.output(x.affine(0.5, 0));
                });
        Tensors.assertClose(out.get(1), out.get(0), 1e-12);
    }

    @Test
    void tooFewChannelsAreNamed() {
        BlockCheck.assertError(
                "at least as many channels as the reduction, got [1, 4, 2, 2] and 16; take a smaller reduction",
                g -> new SqueezeExcitation(16, false).build(g.scope(), g.normal(1, 4, 2, 2)));
    }
}

package org.fovea.core.nn;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

class MixFeedForwardTest extends BlockContract {
    @Override
    protected List<BlockCase> cases() {
        return List.of(new BlockCase(
                "3 x 4 tokens",
                g -> g.output(new MixFeedForward(6, Activation.GELU, 3, 4).build(g.scope(), g.normal(2, 12, 2)))));
    }

    @Test
    void sumsTheNeighbors() {
        double[] ones = new double[9];
        Arrays.fill(ones, 1);
        List<Tensor> out = BlockCheck.run(
                Map.of(
                        "in.weight", new double[] {1},
                        "in.bias", new double[1],
                        "depthwise.weight", ones,
                        "depthwise.bias", new double[] {-4},
                        "out.weight", new double[] {2},
                        "out.bias", new double[] {1}),
                g -> g.output(new MixFeedForward(1, Activation.RELU, 2, 3)
                        .build(g.scope(), g.given(new double[] {1, 0, 2, 3, 1, 0}, 1, 6, 1))));
        // sums of neighborhoods: 5 7 3 in both rows; less 4, at least 0, twice, plus 1
        Tensors.assertClose(new double[] {3, 7, 1, 3, 7, 1}, out.get(0), 1e-9);
    }
}

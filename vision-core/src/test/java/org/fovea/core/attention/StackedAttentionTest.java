package org.fovea.core.attention;

import java.util.List;
import java.util.Map;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.CaseGraph;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

class StackedAttentionTest extends BlockContract {
    @Override
    protected List<BlockCase> cases() {
        return List.of(
                new BlockCase(
                        "2 layers, 4 regions",
                        g -> g.output(build(g, new StackedAttention(6, 2)).values())),
                new BlockCase("1 layer, weights kept", g -> g.output(build(g, new StackedAttention(6, 1)))));
    }

    private static AttentionOutput build(CaseGraph g, StackedAttention block) {
        return block.build(g.scope(), g.normal(2, 4, 5), g.normal(2, 5));
    }

    @Test
    void twoLayersByHand() {
        // layer 0: equal scores, mean 2: u = 1 + 2; layer 1: scores 2·tanh(3·0 + v·½): places 1 and 3
        double share = 1 / (1 + Math.exp(-2 * (Math.tanh(0.5) - Math.tanh(1.5))));
        List<Tensor> out = BlockCheck.run(
                Map.of(
                        "layers.0.query.weight", new double[] {1},
                        "layers.0.keys.weight", new double[] {0},
                        "layers.0.keys.bias", new double[] {0.3},
                        "layers.0.score.weight", new double[] {1},
                        "layers.1.query.weight", new double[] {0},
                        "layers.1.keys.weight", new double[] {0.5},
                        "layers.1.keys.bias", new double[] {0},
                        "layers.1.score.weight", new double[] {2}),
                g -> {
                    g.output(new StackedAttention(1, 2)
                            .build(g.scope(), g.given(new double[] {1, 3}, 1, 2, 1), g.given(new double[] {1}, 1, 1)));
                });
        Tensors.assertClose(new double[] {3 + share + 3 * (1 - share)}, out.get(0), 1e-12);
        Tensors.assertClose(new double[] {0.5, 0.5}, out.get(1), 1e-12);
        Tensors.assertClose(new double[] {share, 1 - share}, out.get(2), 1e-12);
    }

    @Test
    void oneRegionIsAddedToTheQuestion() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value region = g.normal(2, 1, 5);
            Value question = g.normal(2, 5);
            g.output(new StackedAttention(6, 1)
                    .build(g.scope(), region, question)
                    .values());
            g.output(region.reshape(2, 5).add(question));
        });
        Tensors.assertClose(out.get(1), out.get(0), 1e-12);
    }

    @Test
    void widthsThatDifferAreNamed() {
        BlockCheck.assertError("which are added, got [1, 4, 5] and [1, 6]", g -> new StackedAttention(6, 2)
                .build(g.scope(), g.normal(1, 4, 5), g.normal(1, 6)));
    }
}

package org.fovea.core.attention;

import java.util.List;
import java.util.Map;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

class CaptionAttentionTest extends BlockContract {
    @Override
    protected List<BlockCase> cases() {
        return List.of(
                new BlockCase(
                        "3 words, 4 places",
                        g -> g.output(new CaptionAttention(6)
                                .build(g.scope(), g.normal(2, 3, 5), g.normal(2, 4, 7))
                                .values())),
                new BlockCase("weights kept, with penalty", g -> {
                    AttentionOutput read =
                            new CaptionAttention(6).build(g.scope(), g.normal(2, 3, 5), g.normal(2, 4, 7));
                    g.output(read);
                    g.output(CaptionAttention.penalty(read.weights(), 0.7));
                }));
    }

    @Test
    void equalScoresReadTheMeanThroughTheGate() {
        double gate = 1 / (1 + Math.exp(-(3 * 0.5 - 1)));
        List<Tensor> out = BlockCheck.run(
                Map.of(
                        "query.weight", new double[] {1},
                        "keys.weight", new double[] {0},
                        "keys.bias", new double[] {0.5},
                        "score.weight", new double[] {2},
                        "gate.weight", new double[] {0.5},
                        "gate.bias", new double[] {-1}),
                g -> g.output(new CaptionAttention(1)
                        .build(
                                g.scope(),
                                g.given(new double[] {3}, 1, 1, 1),
                                g.given(new double[] {1, 2, 6}, 1, 3, 1))));
        Tensors.assertClose(new double[] {3 * gate}, out.get(0), 1e-12);
        double third = 1.0 / 3;
        Tensors.assertClose(new double[] {third, third, third}, out.get(1), 1e-12);
    }

    @Test
    void penaltyByHand() {
        // sums over words: (1.5, 0.5), (0.75, 1.25): λ/2·(0.5 + 0.125)
        double[] weights = {1, 0, 0.5, 0.5, 0.5, 0.5, 0.25, 0.75};
        List<Tensor> out =
                BlockCheck.run(Map.of(), g -> g.output(CaptionAttention.penalty(g.given(weights, 2, 2, 2), 0.8)));
        Tensors.assertClose(new double[] {0.8 / 2 * (0.5 + 0.125)}, out.get(0), 1e-12);
    }

    @Test
    void weightsSumToOneOverPlaces() {
        List<Tensor> out = BlockCheck.outputs(g -> g.output(new CaptionAttention(6)
                .build(g.scope(), g.normal(1, 2, 5), g.normal(1, 4, 7))
                .weights()
                .sum(false, 2)));
        Tensors.assertClose(new double[] {1, 1}, out.get(0), 1e-12);
    }

    @Test
    void openGateIsAdditiveAttention() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value states = g.normal(1, 2, 5);
            Value places = g.normal(1, 4, 7);
            g.set("gate.weight", Tensor.of(new double[5], 1, 5));
            g.set("gate.bias", Tensor.of(new double[] {1e3}, 1));
            g.output(new CaptionAttention(6).build(g.scope(), states, places).values());
            g.output(new AdditiveAttention(6).build(g.scope(), states, places).values());
        });
        Tensors.assertClose(out.get(1), out.get(0), 1e-12);
    }

    @Test
    void imagesWithoutPlacesAreNamed() {
        BlockCheck.assertError(
                "CaptionAttention: queries must be [B, N, C] and the memory [B, M, E]",
                g -> new CaptionAttention(6).build(g.scope(), g.normal(1, 2, 5), g.normal(1, 7)));
    }
}

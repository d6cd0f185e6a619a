package org.fovea.core.attention;

import java.util.List;
import java.util.Map;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.CaseGraph;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

class DualAttentionTest extends BlockContract {
    @Override
    protected List<BlockCase> cases() {
        return List.of(
                new BlockCase(
                        "4 channels",
                        g -> g.output(new DualAttention(2)
                                .build(g.scope(), g.normal(2, 4, 3, 2))
                                .values())),
                new BlockCase("3 channels, weights kept", g -> output(g, new DualAttention(1), g.normal(1, 3, 2, 2))));
    }

    private static void output(CaseGraph g, DualAttention block, Value x) {
        g.output(block.build(g.scope(), x));
    }

    private static Map<String, double[]> weights(int channels, double place, double channel) {
        double[] identity = new double[channels * channels];
        for (int i = 0; i < channels; i++) {
            identity[i * channels + i] = 1;
        }
        return Map.of(
                "query.weight", identity,
                "query.bias", new double[channels],
                "key.weight", identity,
                "key.bias", new double[channels],
                "value.weight", identity,
                "value.bias", new double[channels],
                "places.scale", new double[] {place},
                "channels.scale", new double[] {channel});
    }

    @Test
    void placesByHand() {
        // one channel, places 0 and 2: scores 0, 0 and 0, 4, not scaled; the channel attends to itself
        double share = 1 / (1 + Math.exp(-4));
        List<Tensor> out = BlockCheck.run(
                weights(1, 1, 10), g -> output(g, new DualAttention(1), g.given(new double[] {0, 2}, 1, 1, 1, 2)));
        Tensors.assertClose(new double[] {1, 2 + 2 * share + 20}, out.get(0), 1e-12);
        Tensors.assertClose(new double[] {1}, out.get(1), 1e-12);
        Tensors.assertClose(new double[] {0.5, 0.5, 1 - share, share}, out.get(2), 1e-12);
    }

    @Test
    void channelsByHand() {
        // channels 1 and 0 at one place: E = (1, 0; 0, 0), max(E) - E = (0, 1; 0, 0)
        double share = 1 / (1 + Math.E);
        List<Tensor> out = BlockCheck.run(
                weights(2, 0, 1), g -> output(g, new DualAttention(1), g.given(new double[] {1, 0}, 1, 2, 1, 1)));
        Tensors.assertClose(new double[] {1 + share, 0.5}, out.get(0), 1e-12);
        Tensors.assertClose(new double[] {share, 1 - share, 0.5, 0.5}, out.get(1), 1e-12);
    }

    @Test
    void scalesOfZeroReturnTheImage() {
        List<Tensor> out = BlockCheck.run(weights(3, 0, 0), g -> {
            Value x = g.normal(2, 3, 2, 2);
            g.output(new DualAttention(1).build(g.scope(), x).values());
            g.output(x);
        });
        Tensors.assertClose(out.get(1), out.get(0), 0);
    }

    @Test
    void tokensAreNoImage() {
        BlockCheck.assertError("DualAttention: x must be [B, C, H, W], got [2, 3, 4]", g -> new DualAttention(1)
                .build(g.scope(), g.normal(2, 3, 4)));
    }
}

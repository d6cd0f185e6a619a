package org.fovea.core.attention;

import java.util.List;
import java.util.Map;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Masks;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

class FrameAttentionTest extends BlockContract {
    @Override
    protected List<BlockCase> cases() {
        return List.of(
                new BlockCase(
                        "4 frames",
                        g -> g.output(new FrameAttention(5)
                                .build(g.scope(), g.normal(2, 4, 3))
                                .values())),
                new BlockCase(
                        "weights kept, a frame hidden",
                        g -> g.output(new FrameAttention(5)
                                .build(g.scope(), g.normal(2, 3, 4), Masks.where(g.graph(), 1, 3, (q, k) -> k)))));
    }

    @Test
    void valuesByHand() {
        // scores 3·tanh(2f): 3·tanh(1) and 3·tanh(-1)
        double share = 1 / (1 + Math.exp(-6 * Math.tanh(1)));
        List<Tensor> out = BlockCheck.run(
                Map.of(
                        "frames.weight", new double[] {2},
                        "frames.bias", new double[] {0},
                        "score.weight", new double[] {3}),
                g -> g.output(new FrameAttention(1).build(g.scope(), g.given(new double[] {0.5, -0.5}, 1, 2, 1))));
        Tensors.assertClose(new double[] {share - 0.5}, out.get(0), 1e-12);
        Tensors.assertClose(new double[] {share, 1 - share}, out.get(1), 1e-12);
    }

    @Test
    void oneFrameIsReadWhole() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value frame = g.normal(2, 1, 3);
            g.output(new FrameAttention(5).build(g.scope(), frame).values());
            g.output(frame.reshape(2, 3));
        });
        Tensors.assertClose(out.get(1), out.get(0), 1e-12);
    }

    @Test
    void imagesAreNoFrames() {
        BlockCheck.assertError("frames must be [B, T, C], got [1, 2, 3, 4]", g -> new FrameAttention(1)
                .build(g.scope(), g.normal(1, 2, 3, 4)));
    }
}

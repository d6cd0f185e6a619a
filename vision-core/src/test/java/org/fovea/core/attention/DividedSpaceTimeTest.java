package org.fovea.core.attention;

import java.util.List;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Activation;
import org.fovea.core.nn.Mlp;
import org.fovea.core.nn.MultiHeadSelfAttention;
import org.fovea.core.nn.TransformerBlock;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.CaseGraph;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

class DividedSpaceTimeTest extends BlockContract {
    @Override
    protected List<BlockCase> cases() {
        return List.of(
                new BlockCase(
                        "3 frames of 2",
                        g -> g.output(block(2, 1e-5)
                                .build(g.scope(), g.normal(2, 3, 2, 4))
                                .values())),
                new BlockCase("weights kept", g -> output(g, block(1, 1e-5), g.normal(1, 2, 3, 4))));
    }

    private static DividedSpaceTime block(int heads, double epsilon) {
        MultiHeadSelfAttention attention = new MultiHeadSelfAttention(heads, true);
        return new DividedSpaceTime(
                attention,
                new TransformerBlock(attention, new Mlp(3, Activation.GELU), epsilon, TransformerBlock.Scaling.NONE));
    }

    private static void output(CaseGraph g, DividedSpaceTime block, Value x) {
        g.output(block.build(g.scope(), x));
    }

    @Test
    void meanOverTimeByHand() {
        // only the values over time are not zero: each token gains the mean of what it is in all frames after the norm
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value x = g.given(new double[] {2, 0, 0, 8, 4, 0, 6, 2}, 1, 2, 2, 2);
            g.output(block(1, 1e-12).build(g.scope(), x).values());
            g.graph().parameters().forEach((name, value) -> g.set(name, Tensor.zeros(DType.F64, value.shape())));
            g.set("time_norm.scale", Tensor.of(new double[] {1, 1}, 2));
            g.set("time.qkv.weight", Tensor.of(new double[] {0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1}, 6, 2));
            g.set("time.output.weight", Tensor.of(new double[] {1, 0, 0, 1}, 2, 2));
            g.set("time_output.weight", Tensor.of(new double[] {10, 0, 0, 10}, 2, 2));
        });
        // place 0: norms (1, -1) and (1, -1); place 1: (-1, 1) and (1, -1)
        Tensors.assertClose(new double[] {12, -10, 0, 8, 14, -10, 6, 2}, out.get(0), 1e-9);
    }

    @Test
    void oneFrameIsTheSpatialBlock() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value x = g.normal(2, 1, 3, 4);
            DividedSpaceTime block = block(2, 1e-5);
            g.output(block.build(g.scope(), x).values());
            g.output(block.space()
                    .build(g.scope().child("space"), x.reshape(2, 3, 4))
                    .values()
                    .reshape(2, 1, 3, 4));
        });
        Tensors.assertClose(out.get(1), out.get(0), 0);
    }

    @Test
    void tokensOfOneImageAreNoClip() {
        BlockCheck.assertError(
                "DividedSpaceTime: x must be [B, T, N, C], T frames of N tokens, got [1, 2, 4]",
                g -> block(1, 1e-5).build(g.scope(), g.normal(1, 2, 4)));
    }
}

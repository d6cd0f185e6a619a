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
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

class FactorisedEncoderTest extends BlockContract {
    @Override
    protected List<BlockCase> cases() {
        return List.of(
                new BlockCase(
                        "3 frames of 2",
                        g -> g.output(
                                encoder().build(g.scope(), g.normal(2, 3, 2, 4)).values())),
                new BlockCase("weights kept", g -> g.output(encoder().build(g.scope(), g.normal(1, 2, 3, 4)))));
    }

    private static FactorisedEncoder encoder() {
        TransformerBlock block = new TransformerBlock(
                new MultiHeadSelfAttention(2, true), new Mlp(3, Activation.GELU), 1e-5, TransformerBlock.Scaling.NONE);
        return new FactorisedEncoder(block, 2, block, 1);
    }

    @Test
    void idleBlocksGiveTheMeanOfEachFrame() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value x = g.given(new double[] {1, 2, 3, 6, 5, 0, 7, 8}, 1, 2, 2, 2);
            g.output(encoder().build(g.scope(), x).values());
            g.graph().parameters().forEach((name, value) -> g.set(name, Tensor.zeros(DType.F64, value.shape())));
        });
        Tensors.assertClose(new double[] {2, 4, 6, 4}, out.get(0), 1e-12);
    }

    @Test
    void oneFrameIsTheSpatialEncoder() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value x = g.normal(2, 1, 3, 4);
            FactorisedEncoder encoder = encoder();
            g.output(encoder.build(g.scope(), x).values());
            Value y = x.reshape(2, 3, 4);
            for (int i = 0; i < 2; i++) {
                y = encoder.space().build(g.scope().child("space", i), y).values();
            }
            g.output(y.mean(true, 1));
        });
        Tensors.assertClose(out.get(1), out.get(0), 1e-12);
    }

    @Test
    void framesDoNotMixBeforeTheEncoderOverTime() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value x = g.normal(1, 3, 2, 4);
            FactorisedEncoder encoder = encoder();
            g.output(encoder.build(g.scope(), x).values());
            Value[] frames = new Value[3];
            for (int t = 0; t < 3; t++) {
                frames[t] = encoder.build(g.scope(), x.slice(1, t, t + 1)).values();
            }
            g.output(encoder.time()
                    .build(g.scope().child("time", 0), frames[0].concat(1, frames[1], frames[2]))
                    .values());
        });
        Tensors.assertClose(out.get(1), out.get(0), 1e-12);
    }

    @Test
    void depthsAreAtLeastOne() {
        BlockCheck.assertError(
                "timeDepth must be at least 1, got 0",
                g -> new FactorisedEncoder(encoder().space(), 1, encoder().time(), 0));
    }
}

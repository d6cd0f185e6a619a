package org.fovea.core.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
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

class EncoderDecoderTest extends BlockContract {
    @Override
    protected List<BlockCase> cases() {
        return List.of(
                new BlockCase(
                        "norms before",
                        g -> g.output(decode(
                                        g,
                                        new EncoderDecoder(2, 8, 2, NormPlacement.BEFORE),
                                        g.normal(2, 4, 6),
                                        g.normal(2, 3, 6))
                                .values())),
                new BlockCase(
                        "norms after, weights kept",
                        g -> g.output(decode(
                                g,
                                new EncoderDecoder(2, 8, 1, NormPlacement.AFTER),
                                g.normal(2, 4, 6),
                                g.normal(2, 3, 6)))));
    }

    private static AttentionOutput decode(CaseGraph g, EncoderDecoder model, Value source, Value target) {
        Value memory = model.encode(g.scope(), source);
        return model.decode(g.scope(), target, memory);
    }

    @Test
    void normsAfterByHand() {
        // attention and feed-forward add nothing: norm of a norm of (3, -1) is (1, -1), scaled by 2 and moved by 1 at
        // the end
        Map<String, double[]> weights = Map.of(
                "norm1.scale", new double[] {1, 1},
                "norm1.shift", new double[2],
                "norm2.scale", new double[] {2, 2},
                "norm2.shift", new double[] {1, 1},
                "attention.qkv.weight", new double[12],
                "attention.output.weight", new double[4],
                "attention.output.bias", new double[2],
                "feed_forward.in.weight", new double[2],
                "feed_forward.in.bias", new double[1],
                "feed_forward.out.weight", new double[2]);
        Map<String, double[]> all = new HashMap<>(weights);
        all.put("feed_forward.out.bias", new double[2]);
        TransformerBlock block = new TransformerBlock(
                new MultiHeadSelfAttention(1, false),
                new Mlp(1, Activation.RELU),
                1e-30,
                TransformerBlock.Scaling.NONE,
                NormPlacement.AFTER);
        List<Tensor> out = BlockCheck.run(
                all,
                g -> g.output(block.build(g.scope(), g.given(new double[] {3, -1}, 1, 1, 2))
                        .values()));
        Tensors.assertClose(new double[] {3, -1}, out.get(0), 1e-12);
    }

    @Test
    void laterWordsOfTheTargetDoNotMatter() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            EncoderDecoder model = new EncoderDecoder(2, 8, 2, NormPlacement.BEFORE);
            Value source = g.normal(1, 4, 6);
            Value target = g.normal(1, 2, 6);
            Value longer = target.concat(1, g.normal(1, 3, 6));
            g.output(decode(g, model, source, target).values());
            g.output(decode(g, model, source, longer).values().slice(1, 0, 2));
        });
        Tensors.assertClose(out.get(0), out.get(1), 1e-12);
    }

    @Test
    void paddingOfTheSourceDoesNotMatter() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            EncoderDecoder model = new EncoderDecoder(2, 8, 2, NormPlacement.AFTER);
            Value source = g.normal(1, 4, 6);
            Value target = g.normal(1, 2, 6);
            g.output(decode(g, model, source, target).values());
            Value mask = Masks.seen(g.fixed(new double[] {1, 1, 1, 1, 0}, 1, 1, 1, 5));
            Value padded = source.concat(1, g.normal(1, 1, 6));
            Value memory = model.encode(g.scope(), padded, mask);
            g.output(model.decode(g.scope(), target, memory, mask).values());
        });
        Tensors.assertClose(out.get(0), out.get(1), 1e-12);
    }

    @Test
    void blocksKeepOneWeightEach() {
        BlockCheck.outputs(g -> {
            AttentionOutput out =
                    decode(g, new EncoderDecoder(2, 8, 3, NormPlacement.BEFORE), g.normal(1, 4, 6), g.normal(1, 2, 6));
            assertEquals(
                    List.of("0.self", "0.cross", "1.self", "1.cross", "2.self", "2.cross"), List.copyOf(out.kinds()));
            assertEquals("[1, 2, 2, 4]", out.weights("2.cross").shape().toString());
            g.output(out.values());
        });
    }

    @Test
    void sizesAreChecked() {
        BlockCheck.assertError(
                "EncoderDecoder: depth must be at least 1, got 0",
                g -> new EncoderDecoder(2, 8, 0, NormPlacement.BEFORE));
    }
}

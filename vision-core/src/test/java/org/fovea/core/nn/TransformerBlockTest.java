package org.fovea.core.nn;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.attention.WindowAttention;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

class TransformerBlockTest extends BlockContract {
    /** An attention of one's own: every token reads the mean of all. */
    private static final SelfAttention MEAN = (scope, tokens, biases) ->
            AttentionOutput.of(tokens.mean(true, 1).broadcast(tokens.shape()), () -> tokens.graph()
                    .fill(
                            1.0 / tokens.shape().dim(1),
                            2,
                            1,
                            tokens.shape().dim(1),
                            tokens.shape().dim(1)));

    @Override
    protected List<BlockCase> cases() {
        return List.of(
                new BlockCase("norms before, 2 tokens kept, masked", g -> {
                    Value mask = Masks.where(g.graph(), 2, 3, (query, key) -> key <= query ? 1 : 0);
                    g.output(block(new MultiHeadSelfAttention(2, true), NormPlacement.BEFORE)
                            .build(g.scope(), g.normal(2, 3, 4), 2, mask));
                }),
                new BlockCase(
                        "compact",
                        g -> g.output(block(new MultiHeadSelfAttention(2, false), NormPlacement.COMPACT)
                                .build(g.scope(), g.normal(2, 3, 4))
                                .values())),
                new BlockCase(
                        "windows over a grid, norms after",
                        g -> g.output(block(new WindowAttention(2, 2, 1), NormPlacement.AFTER)
                                .build(g.scope(), g.normal(2, 4, 3, 4)))),
                new BlockCase(
                        "an attention of one's own, 1 token kept",
                        g -> g.output(block(MEAN, NormPlacement.BEFORE).build(g.scope(), g.normal(2, 3, 4), 1))));
    }

    private static TransformerBlock block(SelfAttention attention, NormPlacement norms) {
        return new TransformerBlock(
                attention, new Mlp(5, Activation.GELU), 1e-5, TransformerBlock.Scaling.WEIGHTS, norms);
    }

    @Test
    void compactBlockCarriesOnTheNormOfTheSum() {
        // attention and feed-forward add nothing: the norm of (3, -1) is (1, -1), scaled by 4 and moved by 1
        Map<String, double[]> weights = new HashMap<>(Map.of(
                "norm1.scale", new double[] {5, 5},
                "norm1.shift", new double[2],
                "norm2.scale", new double[] {4, 4},
                "norm2.shift", new double[] {1, 1},
                "feed_forward.in.weight", new double[2],
                "feed_forward.in.bias", new double[1],
                "feed_forward.out.weight", new double[2],
                "feed_forward.out.bias", new double[2]));
        SelfAttention nothing = (scope, tokens, biases) -> AttentionOutput.of(tokens.affine(0, 0));
        TransformerBlock block = new TransformerBlock(
                nothing, new Mlp(1, Activation.RELU), 1e-30, TransformerBlock.Scaling.NONE, NormPlacement.COMPACT);
        List<Tensor> out = BlockCheck.run(
                weights,
                g -> g.output(block.build(g.scope(), g.given(new double[] {3, -1}, 1, 1, 2))
                        .values()));
        Tensors.assertClose(new double[] {5, -3}, out.get(0), 1e-12);
    }

    @Test
    void keptTokensAreTheFirstOfAll() {
        for (SelfAttention attention : List.of(MEAN, new MultiHeadSelfAttention(2, true))) {
            List<Tensor> out = BlockCheck.outputs(g -> {
                Value x = g.normal(2, 3, 4);
                g.output(block(attention, NormPlacement.BEFORE).build(g.scope(), x, 2));
                AttentionOutput all = block(attention, NormPlacement.BEFORE).build(g.scope(), x);
                g.output(all.values().slice(1, 0, 2));
                g.output(all.weights().slice(2, 0, 2));
            });
            Tensors.assertClose(out.get(2), out.get(0), 1e-12);
            Tensors.assertClose(out.get(3), out.get(1), 1e-12);
        }
    }

    @Test
    void biasesOfAFewQueriesNeedAnAttentionThatKnowsThem() {
        BlockCheck.assertError(
                "with biases every token must attend, got 1 queries of [2, 3, 4]",
                g -> MEAN.build(g.scope(), g.normal(2, 3, 4), 1, g.normal(1, 3)));
    }

    @Test
    void decodersHaveTheirNormsBeforeOrAfter() {
        BlockCheck.assertError(
                "DecoderBlock: norms must be BEFORE or AFTER, got COMPACT",
                g -> new DecoderBlock(
                        MEAN,
                        new MultiHeadAttention(2, true),
                        new Mlp(5, Activation.GELU),
                        1e-5,
                        NormPlacement.COMPACT));
    }
}

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

class AdditiveAttentionTest extends BlockContract {
    /** Weights of one unit that gives the query 2 with the keys 1 and -1 the scores 2·tanh(0.5) and 2·tanh(-0.5). */
    static final Map<String, double[]> ONE_UNIT = Map.of(
            "query.weight", new double[] {0.25},
            "keys.weight", new double[] {0.5},
            "keys.bias", new double[] {-0.5},
            "score.weight", new double[] {2});

    /** The weight of the first of those keys. */
    static final double FIRST = 1 / (1 + Math.exp(-4 * Math.tanh(0.5)));

    @Override
    protected List<BlockCase> cases() {
        return List.of(
                new BlockCase(
                        "2 queries of 3, 4 keys of 5",
                        g -> g.output(new AdditiveAttention(6)
                                .build(g.scope(), g.normal(2, 2, 3), g.normal(2, 4, 5))
                                .values())),
                new BlockCase(
                        "weights kept, a key hidden",
                        g -> g.output(new AdditiveAttention(6)
                                .build(
                                        g.scope(),
                                        g.normal(2, 2, 3),
                                        g.normal(2, 4, 5),
                                        Masks.where(g.graph(), 2, 4, (query, key) -> key != 2 ? 1 : 0)))));
    }

    @Test
    void valuesByHand() {
        List<Tensor> out = BlockCheck.run(
                ONE_UNIT,
                g -> g.output(new AdditiveAttention(1)
                        .build(g.scope(), g.given(new double[] {2}, 1, 1, 1), g.given(new double[] {1, -1}, 1, 2, 1))));
        Tensors.assertClose(new double[] {FIRST - (1 - FIRST)}, out.get(0), 1e-12);
        Tensors.assertClose(new double[] {FIRST, 1 - FIRST}, out.get(1), 1e-12);
    }

    @Test
    void oneKeyIsReadWhole() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value memory = g.normal(2, 1, 5);
            g.output(new AdditiveAttention(6)
                    .build(g.scope(), g.normal(2, 1, 3), memory)
                    .values());
            g.output(memory);
        });
        Tensors.assertClose(out.get(1), out.get(0), 1e-12);
    }

    @Test
    void batchesThatDifferAreNamed() {
        BlockCheck.assertError("of the same batch, got [2, 2, 3] and [1, 4, 5]", g -> new AdditiveAttention(6)
                .build(g.scope(), g.normal(2, 2, 3), g.normal(1, 4, 5)));
    }
}

package org.fovea.core.attention;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Heads;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.Masks;
import org.fovea.core.nn.MultiHeadAttention;
import org.fovea.core.nn.ScaledDotProduct;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.AllPairs;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

class GlobalLocalAttentionTest extends BlockContract {
    private static final List<String> MAPS = List.of("query", "key", "value");

    @Override
    protected List<BlockCase> cases() {
        return List.of(
                new BlockCase(
                        "no global tokens",
                        g -> g.output(new GlobalLocalAttention(2, 2, 0)
                                .build(g.scope(), g.normal(2, 7, 4))
                                .values())),
                of("global tokens, weights kept", new GlobalLocalAttention(2, 2, 2), 7),
                of("one block", new GlobalLocalAttention(1, 4, 1), 4));
    }

    private static BlockCase of(String name, GlobalLocalAttention block, int tokens) {
        return new BlockCase(name, g -> g.output(block.build(g.scope(), g.normal(2, tokens, 4))));
    }

    @Test
    void equalScoresGiveTheMeanOfWhatIsSeen() {
        double[] none = {0};
        double[] one = {1};
        Map<String, double[]> weights = new HashMap<>(Map.of("output.weight", one, "output.bias", none));
        for (String map : MAPS) {
            for (String prefix : List.of("", "global_")) {
                weights.put(prefix + map + ".weight", map.equals("value") ? one : none);
                weights.put(prefix + map + ".bias", none);
            }
        }
        List<Tensor> out = BlockCheck.run(
                weights,
                g -> g.output(new GlobalLocalAttention(1, 1, 1)
                        .build(g.scope(), g.given(new double[] {4, 1, 1, 7, 2}, 1, 5, 1))
                        .values()));
        Tensors.assertClose(new double[] {3, 2, 13 / 4.0, 14 / 4.0, 13 / 3.0}, out.get(0), 1e-12);
    }

    @Test
    void isPlainAttentionUnderAMask() {
        for (int[] s : new int[][] {{5, 1, 0}, {6, 2, 0}, {7, 2, 0}, {7, 3, 1}, {8, 2, 2}, {9, 2, 2}, {5, 8, 1}}) {
            isPlainAttentionUnderAMask(s[0], s[1], s[2]);
        }
    }

    private static void isPlainAttentionUnderAMask(int tokens, int reach, int globals) {
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value x = g.normal(2, tokens, 4);
            MAPS.forEach(map -> {
                double[] weight = new double[16];
                for (int i = 0; i < 16; i++) {
                    weight[i] = Math.sin(i * map.length() + map.charAt(0));
                }
                for (String prefix : List.of("", "global_")) {
                    g.set(prefix + map + ".weight", Tensor.of(weight, 4, 4));
                    g.set(prefix + map + ".bias", Tensor.of(Arrays.copyOf(weight, 4), 4));
                }
            });
            g.output(new GlobalLocalAttention(2, reach, globals)
                    .build(g.scope(), x)
                    .values());
            Value mask = Masks.where(
                    g.graph(),
                    tokens,
                    tokens,
                    (q, k) -> q < globals || k < globals || Math.abs(q - k) <= reach ? 1 : 0);
            g.output(
                    new MultiHeadAttention(2, true).build(g.scope(), x, x, mask).values());
        });
        Tensors.assertClose(out.get(1), out.get(0), 1e-12);
    }

    @Test
    void globalTokensHaveMapsOfTheirOwn() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value x = g.normal(1, 6, 4);
            g.output(new GlobalLocalAttention(2, 1, 1)
                    .build(g.scope(), x)
                    .values()
                    .slice(1, 0, 1));
            Value q = Heads.split(new LinearLayer(4, true).build(g.scope().child("global_query"), x.slice(1, 0, 1)), 2);
            Value k = Heads.split(new LinearLayer(4, true).build(g.scope().child("global_key"), x), 2);
            Value v = Heads.split(new LinearLayer(4, true).build(g.scope().child("global_value"), x), 2);
            Value read = Heads.join(
                    ScaledDotProduct.ofHeadWidth(2).build(g.scope(), q, k, v).values());
            g.output(new LinearLayer(4, true).build(g.scope().child("output"), read));
        });
        Tensors.assertClose(out.get(1), out.get(0), 1e-12);
    }

    @Test
    void someTokensMustBeLocal() {
        BlockCheck.assertError(
                "with more tokens than the 3 global ones and heads must divide C, got [1, 3, 4] and 2 heads",
                g -> new GlobalLocalAttention(2, 2, 3).build(g.scope(), g.normal(1, 3, 4)));
    }

    @Test
    void allPairsAreNeverHeld() {
        AllPairs.assertNeverHeld(
                1024,
                g -> g.output(new GlobalLocalAttention(1, 32, 4)
                        .build(g.scope(), g.normal(1, 1024, 8))
                        .values()));
    }
}

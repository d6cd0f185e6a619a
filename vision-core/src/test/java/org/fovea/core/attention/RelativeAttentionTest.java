package org.fovea.core.attention;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Masks;
import org.fovea.core.nn.MultiHeadAttention;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

class RelativeAttentionTest extends BlockContract {
    @Override
    protected List<BlockCase> cases() {
        return List.of(
                new BlockCase(
                        "keys only",
                        g -> g.output(new RelativeAttention(2, new RelativePositions(2), RelativeAttention.Tables.KEYS)
                                .build(g.scope(), g.normal(2, 5, 6))
                                .values())),
                new BlockCase(
                        "keys and values, weights kept, causal",
                        g -> g.output(
                                new RelativeAttention(2, new RelativePositions(2), RelativeAttention.Tables.KEYS_VALUES)
                                        .build(g.scope(), g.normal(2, 5, 6), Masks.causal(g.graph(), 5)))));
    }

    @Test
    void allTablesByHand() {
        // q = k = v = x = (1, 0); a = (1, 2, 3), b = (7, 8, 10), c = (4, 5, 6) at distances -1, 0, 1
        // e = (1·(1 + 2) + 1·5, 1·(0 + 3) + 0; 0 + 1·6, 0)
        double first = 1 / (1 + Math.exp(-5));
        double second = 1 / (1 + Math.exp(-6));
        double[] one = {1};
        double[] none = {0};
        Map<String, double[]> weights = new HashMap<>(Map.of(
                "key_positions", new double[] {1, 2, 3},
                "value_positions", new double[] {7, 8, 10},
                "query_positions", new double[] {4, 5, 6}));
        for (String map : List.of("query", "key", "value", "output")) {
            weights.put(map + ".weight", one);
            weights.put(map + ".bias", none);
        }
        List<Tensor> out = BlockCheck.run(
                weights,
                g -> g.output(new RelativeAttention(1, new RelativePositions(1), RelativeAttention.Tables.ALL)
                        .build(g.scope(), g.given(new double[] {1, 0}, 1, 2, 1))));
        Tensors.assertClose(
                new double[] {first * 9 + (1 - first) * 10, second * 8 + (1 - second) * 8}, out.get(0), 1e-12);
        Tensors.assertClose(new double[] {first, 1 - first, second, 1 - second}, out.get(1), 1e-12);
    }

    @Test
    void scoresAndValuesAreThoseOfDistances() {
        List<Tensor> out = BlockCheck.run(Map.of(), g -> {
            RelativePositions positions = new RelativePositions(1);
            Value table = g.given(new double[] {10, 20, 40}, 3, 1); // distances -1, 0, 1
            g.output(positions.scores(g.given(new double[] {1, 2, 3}, 1, 1, 3, 1), table, 4));
            g.output(positions.values(g.given(new double[] {1, 0, 0, 1, 0.5, 0.25, 0.25, 0}, 1, 1, 2, 4), table));
        });
        Tensors.assertClose(new double[] {20, 40, 40, 40, 20, 40, 80, 80, 30, 30, 60, 120}, out.get(0), 1e-12);
        Tensors.assertClose(new double[] {20 + 40, 5 + 5 + 10}, out.get(1), 1e-12);
    }

    @Test
    void tablesOfZerosGivePlainAttention() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value x = g.normal(2, 5, 6);
            g.set("key_positions", Tensor.of(new double[15], 5, 3));
            g.set("value_positions", Tensor.of(new double[15], 5, 3));
            g.output(new RelativeAttention(2, new RelativePositions(2), RelativeAttention.Tables.KEYS_VALUES)
                    .build(g.scope(), x));
            g.output(new MultiHeadAttention(2, true).build(g.scope(), x, x));
        });
        Tensors.assertClose(out.get(2), out.get(0), 1e-12);
        Tensors.assertClose(out.get(3), out.get(1), 1e-12);
    }

    @Test
    void headsMustDivideTheWidth() {
        BlockCheck.assertError("heads must divide the width, got [1, 5, 6] and 4 heads", g -> new RelativeAttention(
                        4, new RelativePositions(2), RelativeAttention.Tables.KEYS)
                .build(g.scope(), g.normal(1, 5, 6)));
        BlockCheck.assertError("reach must be at least 1, got 0", g -> new RelativePositions(0));
    }
}

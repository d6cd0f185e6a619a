package org.fovea.core.nn;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

class LogOffsetBiasTest extends BlockContract {
    @Override
    protected List<BlockCase> cases() {
        return List.of(
                new BlockCase("2 heads, 2 x 3", g -> g.output(new LogOffsetBias(2, 5, 0, 2, 3).build(g.scope()))),
                new BlockCase(
                        "3 heads, 2 x 2, 1 before", g -> g.output(new LogOffsetBias(3, 4, 1, 2, 2).build(g.scope()))));
    }

    /** One column, a map that passes on what lies below: ln(1 + d) for keys above the query, 0 for others, minus 1. */
    @Test
    void offsetsAreLogarithmsOfDistances() {
        Map<String, double[]> weights = Map.of(
                "in.weight",
                new double[] {1, 0},
                "in.bias",
                new double[1],
                "out.weight",
                new double[] {1},
                "out.bias",
                new double[] {-1});
        List<Tensor> out = BlockCheck.run(weights, g -> g.output(new LogOffsetBias(1, 1, 1, 3, 1).build(g.scope())));
        double one = Math.log(2) - 1;
        double two = Math.log(3) - 1;
        Tensors.assertClose(
                new double[] {0, 0, 0, 0, 0, -1, -1, -1, 0, one, -1, -1, 0, two, one, -1}, out.get(0), 1e-6);
    }

    @Test
    void preparedBiasesAreThoseOfTheGraph() {
        Map<String, double[]> weights = Map.of(
                "in.weight",
                new double[] {1, -2, 0.5, 3},
                "in.bias",
                new double[] {0.1, -0.2},
                "out.weight",
                new double[] {1, 2, -3, 4},
                "out.bias",
                new double[] {0.3, -0.4});
        LogOffsetBias bias = new LogOffsetBias(2, 2, 2, 2, 3);
        List<Tensor> out = BlockCheck.run(weights, g -> g.output(bias.build(g.scope())));
        Map<String, Tensor> learned = new HashMap<>();
        weights.forEach((name, values) -> learned.put(name, Tensor.of(values, values.length)));
        Tensors.assertClose(bias.pairs(learned::get).toDoubles(), out.get(0), 1e-6);
    }
}

package org.fovea.core.attention;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.onednn.OneDnnBackend;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.Scope;
import org.fovea.core.policy.Noise;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.Tensors;
import org.fovea.core.weights.Parameters;
import org.junit.jupiter.api.Test;

class HyperHyperNetworkTest extends BlockContract {
    /**
     * The case's weights, unlike those of the block's own initializer, make outputs of mean square 140 that sum terms of both signs,
     * each a product of five rounded factors. Rounding every factor to bfloat16 in a model of it in double is off by 0.03 in the
     * median of draws, 0.10 in one of ten, 0.24 in one of a hundred.
     */
    private static final double BFLOAT = 0.25;

    @Override
    protected List<BlockCase> cases() {
        return List.of(new BlockCase(
                "condition 3 rows of 4, instance of 3, 5 rows of 2",
                g -> {
                    AttentionOutput result = new HyperHyperNetwork(3, 4, 5, 2)
                            .build(g.scope(), g.normal(2, 3, 4), g.normal(2, 3), g.normal(2, 5, 2));
                    g.output(result.values());
                    g.output(result.weights());
                },
                BFLOAT));
    }

    /**
     * One row of condition (2, 0), z = (1, -1) but for the norm's epsilon; s = (1, -1). A = 1·1 - 1·(-1) = 2 and 0 for the second
     * place, v = 2. W₁ = (1 + 2)·2 = 6, b₁ = 2·(0.5 + 0.5) = 2, W₂ = 2·(0.25 + 0.25) = 1, b₂ = 2·(-1 - 1) = -4: y = 6x + 2 - 4.
     */
    @Test
    void valuesByHand() {
        Tensor out = BlockCheck.run(
                        Map.of(
                                "attention.query.weight", new double[] {1},
                                "attention.keys.weight", new double[] {1, 1},
                                "attention.keys.bias", new double[] {0},
                                "attention.score.weight", new double[] {1},
                                "second.weight", new double[] {1, -1, 0, 0},
                                "third.in.weight", new double[] {1, -2},
                                "third.in_bias.weight", new double[] {0.5, -0.5},
                                "third.out.weight", new double[] {0.25, -0.25},
                                "third.out_bias.weight", new double[] {-1, 1}),
                        g -> g.output(new HyperHyperNetwork(1, 1, 1, 1)
                                .build(
                                        g.scope(),
                                        g.given(new double[] {2, 0}, 1, 1, 2),
                                        g.given(new double[] {1, -1}, 1, 2),
                                        g.given(new double[] {3, -0.25}, 1, 2, 1))
                                .values()))
                .get(0);
        Tensors.assertClose(new double[] {16, -3.5}, out, 1e-5);
    }

    /** A network of its own with the usual initialization turns inputs of mean square 1 into outputs of mean square 1. */
    @Test
    void outputVarianceIsThatOfTheUsualInitialization() {
        HyperHyperNetwork block = new HyperHyperNetwork(8, 16, 24, 3);
        double sum = 0;
        int seeds = 8;
        for (int seed = 0; seed < seeds; seed++) {
            sum += meanSquare(block, seed) / seeds;
        }
        assertTrue(sum > 0.5 && sum < 2, "mean square of the outputs must be near 1, got " + sum);
    }

    private static double meanSquare(HyperHyperNetwork block, long seed) {
        Graph graph = new Graph();
        int[][] sizes = {{16, 5, 12}, {16, 6}, {16, 8, 10}};
        Value[] inputs = new Value[sizes.length];
        Map<String, Tensor> given = new HashMap<>();
        for (int i = 0; i < sizes.length; i++) {
            inputs[i] = graph.input("x" + i, sizes[i]);
            given.put("x" + i, Noise.NORMAL.draw("x" + i, seed, sizes[i]));
        }
        Scope scope = Scope.of(graph).child("emitter");
        graph.output("y", block.build(scope, inputs[0], inputs[1], inputs[2]).values());
        Parameters.Builder start = Parameters.builder();
        graph.parameters().forEach((name, w) -> start.initial(name, w.shape(), block.initializer(name), seed));
        try (Program program = OneDnnBackend.create().compile(graph, start.build(), Precision.F32)) {
            double sum = 0;
            float[] y = program.run(given).get("y").toFloats();
            for (float value : y) {
                sum += (double) value * value / y.length;
            }
            return sum;
        }
    }

    @Test
    void wrongShapesAndNamesAreNamed() {
        HyperHyperNetwork block = new HyperHyperNetwork(1, 1, 1, 1);
        BlockCheck.assertError(
                "E and S at least 2, got [2, 3, 1], [2, 2] and [2, 4, 1]",
                g -> block.build(g.scope(), g.normal(2, 3, 1), g.normal(2, 2), g.normal(2, 4, 1)));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> block.initializer("third.weight"))
                .getMessage()
                .contains("got \"third.weight\""));
    }
}

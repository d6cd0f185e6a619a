package org.fovea.core.attention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.nd4j.Nd4jBackend;
import org.fovea.core.graph.Gradients;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Masks;
import org.fovea.core.nn.Scope;
import org.fovea.core.policy.Noise;
import org.fovea.core.policy.PolicyGradient;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.CaseGraph;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

class HardAttentionTest extends BlockContract {
    /** Noise that decides alone, so that rounding chooses nothing else. */
    private static final double[] CLEAR = {0, 20, 0, 0, 0, 20, 20, 0, 0, 0, 0, 20};

    @Override
    protected List<BlockCase> cases() {
        return List.of(
                new BlockCase(
                        "2 queries of 3, 3 places of 5",
                        g -> output(
                                g,
                                new HardAttention(6)
                                        .build(
                                                g.scope(),
                                                g.normal(2, 2, 3),
                                                g.normal(2, 3, 5),
                                                g.fixed(CLEAR, 2, 2, 3)))),
                new BlockCase(
                        "the mean for one image, a place hidden",
                        g -> output(
                                g,
                                new HardAttention(6)
                                        .mixed(
                                                g.scope(),
                                                g.normal(2, 2, 3),
                                                g.normal(2, 3, 5),
                                                g.fixed(CLEAR, 2, 2, 3),
                                                g.fixed(new double[] {0, 1}, 2, 1, 1),
                                                Masks.where(g.graph(), 2, 3, (query, key) -> key != 2 ? 1 : 0)))));
    }

    private static void output(CaseGraph g, HardAttention.Result result) {
        g.output(result.values());
        g.output(result.weights());
        g.output(result.logProbabilities());
        g.output(result.entropies());
    }

    /** The noise favors the second key by more than the scores do the first. */
    @Test
    void valuesByHand() {
        double first = AdditiveAttentionTest.FIRST;
        List<Tensor> out = BlockCheck.run(
                AdditiveAttentionTest.ONE_UNIT,
                g -> output(
                        g,
                        new HardAttention(1)
                                .build(
                                        g.scope(),
                                        g.given(new double[] {2}, 1, 1, 1),
                                        g.given(new double[] {1, -1}, 1, 2, 1),
                                        g.given(new double[] {0, 2}, 1, 1, 2))));
        Tensors.assertClose(new double[] {-1}, out.get(0), 1e-12);
        Tensors.assertClose(new double[] {first, 1 - first}, out.get(1), 1e-12);
        Tensors.assertClose(new double[] {Math.log(1 - first)}, out.get(2), 1e-12);
    }

    @Test
    void takingTheMeanIsAdditiveAttention() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value queries = g.normal(2, 2, 3);
            Value memory = g.normal(2, 4, 5);
            Value all = g.graph().fill(1, 2, 1, 1);
            HardAttention.Result result =
                    new HardAttention(6).mixed(g.scope(), queries, memory, g.normal(2, 2, 4), all);
            g.output(result.values());
            g.output(result.logProbabilities());
            g.output(new AdditiveAttention(6).build(g.scope(), queries, memory).values());
        });
        Tensors.assertClose(out.get(2), out.get(0), 1e-12);
        Tensors.assertClose(new double[4], out.get(1), 0);
    }

    /**
     * Two places of features 1 and -0.5 and the loss (z - 0.8)²: the mean of the estimates over 20,000 looks against the
     * derivative of α_1·loss_1 + α_2·loss_2 by the weights of the alignment, within four standard errors.
     */
    @Test
    void meanOfTheEstimatesIsTheExactGradient() {
        int looks = 20_000;
        double[] exact = toy(1, true);
        double[] mean = toy(looks, false);
        double[] parts = new double[exact.length];
        int groups = 20;
        double[] squares = new double[exact.length];
        for (int i = 0; i < groups; i++) {
            double[] each = toy(looks / groups, false, "group " + i);
            for (int k = 0; k < exact.length; k++) {
                parts[k] += each[k] / groups;
                squares[k] += each[k] * each[k] / groups;
            }
        }
        for (int k = 0; k < exact.length; k++) {
            double deviation = Math.sqrt((squares[k] - parts[k] * parts[k]) / (groups - 1));
            assertTrue(deviation > 0 && deviation < 0.2 * Math.abs(exact[k]), "the estimate must mean something");
            assertTrue(
                    Math.abs(parts[k] - exact[k]) < 4 * deviation,
                    "weight " + k + ": exact " + exact[k] + ", mean " + parts[k] + " ± " + deviation);
            assertEquals(exact[k], mean[k], 4 * deviation);
        }
    }

    private static double[] toy(int looks, boolean exact) {
        return toy(looks, exact, "all");
    }

    /** The derivative of the mean loss by query.weight, keys.weight and score.weight. */
    private static double[] toy(int looks, boolean exact, String noise) {
        Graph graph = new Graph();
        Value queries = graph.fill(1, looks, 1, 1);
        Value memory = graph.input("memory", 1, 2, 1).broadcast(org.fovea.core.tensor.Shape.of(looks, 2, 1));
        HardAttention.Result seen =
                new HardAttention(1).build(Scope.of(graph), queries, memory, graph.input("noise", looks, 1, 2));
        Value loss;
        if (exact) {
            Value each = error(memory.reshape(looks, 1, 2)); // [B, 1, 2]
            loss = each.multiply(seen.weights()).sum(false, 1, 2).mean(false, 0);
        } else {
            Value each = error(seen.values()).reshape(looks, 1); // [B, 1]
            loss = new PolicyGradient(0)
                    .loss(
                            seen.logProbabilities(),
                            each.negate(),
                            PolicyGradient.Baseline.learned(graph.fill(-1, looks, 1), 0))
                    .add(each.mean(false, 0, 1));
        }
        Map<String, Value> weights = new HashMap<>(graph.parameters());
        weights.remove("keys.bias");
        Gradients.of(graph, loss, weights.values())
                .forEach((weight, gradient) -> graph.output(weight.node().op().toString(), gradient.reshape(1)));
        try (Program program = new Nd4jBackend()
                .compile(
                        graph,
                        CaseGraph.source(Map.of(
                                "query.weight", Tensor.of(new double[] {0.4}, 1, 1),
                                "keys.weight", Tensor.of(new double[] {0.9}, 1, 1),
                                "keys.bias", Tensor.of(new double[] {0.1}, 1),
                                "score.weight", Tensor.of(new double[] {1.5}, 1, 1))),
                        Precision.F64)) {
            Map<String, Tensor> inputs = new HashMap<>();
            inputs.put("memory", Tensor.of(new double[] {1, -0.5}, 1, 2, 1));
            if (!exact) {
                inputs.put("noise", Noise.GUMBEL.draw(noise, 5, looks, 1, 2));
            }
            return new java.util.TreeMap<>(program.run(inputs))
                    .values().stream().mapToDouble(t -> t.toDoubles()[0]).toArray();
        }
    }

    private static Value error(Value z) {
        Value off = z.affine(1, -0.8);
        return off.multiply(off);
    }

    @Test
    void noiseOfAnotherShapeIsNamed() {
        BlockCheck.assertError("the noise must have the logits' shape [2, 1, 4], got [2, 4]", g -> new HardAttention(6)
                .build(g.scope(), g.normal(2, 1, 3), g.normal(2, 4, 5), g.normal(2, 4)));
    }
}

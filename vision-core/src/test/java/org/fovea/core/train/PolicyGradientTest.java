package org.fovea.core.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.TrainingProgram;
import org.fovea.core.backend.nd4j.Nd4jBackend;
import org.fovea.core.graph.Gradients;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Scope;
import org.fovea.core.policy.CategoricalPolicy;
import org.fovea.core.policy.Noise;
import org.fovea.core.policy.PolicyGradient;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.CaseGraph;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

class PolicyGradientTest extends BlockContract {
    private static final double[] REWARDS = {5, 2, 3.5};
    private static final double[] LOGITS = {0.3, -0.2, 0.8};

    /** Returns and baselines are fixed: a difference would see them change, the loss must not. */
    @Override
    protected List<BlockCase> cases() {
        PolicyGradient rule = new PolicyGradient(0.1);
        return List.of(
                new BlockCase("returns per step, entropies", g -> {
                    Value returns = PolicyGradient.returns(g.fixed(new double[] {1, 2, 3, -1, 0, 1}, 2, 3), 0.9);
                    g.output(rule.loss(g.normal(2, 3), g.normal(2, 3), returns, PolicyGradient.Baseline.none()));
                }),
                new BlockCase("one return an episode", g -> {
                    Value returns = g.fixed(new double[] {1, 2}, 2, 1);
                    g.output(rule.loss(g.normal(2, 3), returns, PolicyGradient.Baseline.none()));
                }));
    }

    @Test
    void valuesByHand() {
        PolicyGradient rule = new PolicyGradient(0.5);
        List<Tensor> out = BlockCheck.run(Map.of(), g -> {
            Value logs = g.given(new double[] {-1, -2, -3, -4}, 2, 2);
            Value returns = PolicyGradient.returns(g.given(new double[] {1, 2, 0, 4}, 2, 2), 0.5); // 2, 2; 2, 4
            Value predictions = g.given(new double[] {1, 1, 2, 3}, 2, 2);
            g.output(returns);
            g.output(rule.loss(logs, returns, PolicyGradient.Baseline.none())); // (2 + 4 + 6 + 16)/2
            g.output(rule.loss(
                    logs,
                    g.given(new double[] {1, 1, 1, 1}, 2, 2),
                    returns,
                    PolicyGradient.Baseline.learned(
                            predictions, 2))); // (1 + 2 + 0 + 4)/2 + 2·(1 + 1 + 0 + 1)/2 - 0.5·2
        });
        Tensors.assertClose(new double[] {2, 2, 2, 4}, out.get(0), 1e-12);
        assertEquals(14, out.get(1).toDoubles()[0], 1e-12);
        assertEquals(5.5, out.get(2).toDoubles()[0], 1e-12);
    }

    /**
     * One choice among three: the derivative of E[r] = Σ π_k·r_k by logit i is π_i·(r_i - E[r]). The mean of 20,000 draws is within
     * four standard errors of it whatever the baseline, and the better baseline has the smaller variance.
     */
    @Test
    void meanIsTheExactGradientWhateverTheBaseline() {
        double withNone = worstVariance(0);
        double withMean = worstVariance(3.5);
        assertTrue(withMean < 0.3 * withNone, withMean + " against " + withNone);
    }

    private static double worstVariance(double baseline) {
        int draws = 20_000;
        double[] exact = exactGradient();
        double[][] sums = new double[2][REWARDS.length];
        double[] each = eachGradient(draws, baseline);
        for (int i = 0; i < each.length; i++) {
            sums[0][i % REWARDS.length] += each[i] / draws;
            sums[1][i % REWARDS.length] += each[i] * each[i] / draws;
        }
        double worst = 0;
        for (int k = 0; k < REWARDS.length; k++) {
            double variance = sums[1][k] - sums[0][k] * sums[0][k];
            double errors = Math.abs(sums[0][k] + exact[k]) / Math.sqrt(variance / draws);
            assertTrue(
                    errors < 4,
                    "logit " + k + ": mean " + -sums[0][k] + ", exact " + exact[k] + ", " + errors
                            + " standard errors apart");
            worst = Math.max(worst, variance);
        }
        return worst;
    }

    private static double[] exactGradient() {
        double total = 0;
        double mean = 0;
        for (int k = 0; k < LOGITS.length; k++) {
            total += Math.exp(LOGITS[k]);
            mean += Math.exp(LOGITS[k]) * REWARDS[k];
        }
        double[] out = new double[LOGITS.length];
        for (int k = 0; k < LOGITS.length; k++) {
            out[k] = Math.exp(LOGITS[k]) / total * (REWARDS[k] - mean / total);
        }
        return out;
    }

    /** The gradient of the loss by the logits of each draw: {@code draws} rows. */
    private static double[] eachGradient(int draws, double baseline) {
        Graph graph = new Graph();
        Value logits = graph.input("logits", draws, 3);
        CategoricalPolicy policy = new CategoricalPolicy(logits);
        Value choice = policy.sample(graph.input("noise", draws, 3));
        Value returns = choice.multiply(graph.input("rewards", 1, 3)).sum(true, 1); // [B, 1]
        Value log = policy.logProbability(choice).reshape(draws, 1);
        Value predictions = graph.fill(baseline, draws, 1);
        Value loss = new PolicyGradient(0).loss(log, returns, PolicyGradient.Baseline.learned(predictions, 0));
        graph.output(
                "d", Gradients.of(graph, loss.affine(draws, 0), List.of(logits)).get(logits));
        double[] all = new double[3 * draws];
        for (int i = 0; i < all.length; i++) {
            all[i] = LOGITS[i % 3];
        }
        try (Program program = new Nd4jBackend().compile(graph, CaseGraph.source(Map.of()), Precision.F64)) {
            return program.run(Map.of(
                            "logits", Tensor.of(all, draws, 3),
                            "noise", Noise.GUMBEL.draw("noise", 3, draws, 3),
                            "rewards", Tensor.of(REWARDS, 1, 3)))
                    .get("d")
                    .toDoubles();
        }
    }

    /** Returns of mean 3, then 5: the average by 0.5 goes 0, 1.5, 3.25, and it is the average before the step that counts. */
    @Test
    void movingAverageFollowsTheReturns() {
        Graph graph = new Graph();
        Value logs = graph.input("x", 2, 1).multiply(graph.parameter("w.weight", 1, 1)); // [B, 1]
        Value returns = graph.input("returns", 2, 1);
        Value loss = new PolicyGradient(0)
                .loss(
                        logs,
                        returns,
                        PolicyGradient.Baseline.movingAverage(Scope.of(graph).child("policy"), 0.5));
        TrainingGraph step =
                TrainingGraph.of(loss, TrainingPlan.of(new Optimizer.Sgd(0, false, 0), Schedule.constant(0)));
        Map<String, Tensor> start = Map.of(
                "w.weight", Tensor.of(new double[] {1}, 1, 1), "policy.baseline", Tensor.of(new double[1], 1, 1));
        try (TrainingProgram program =
                new Nd4jBackend().compileTraining(graph, step.start(CaseGraph.source(start)), Precision.F64)) {
            Map<String, Tensor> inputs = new HashMap<>(Map.of(
                    "x",
                    Tensor.of(new double[] {1, 1}, 2, 1),
                    "returns",
                    Tensor.of(new double[] {2, 4}, 2, 1),
                    TrainingGraph.RATE,
                    Tensor.of(new double[] {0}),
                    TrainingGraph.STEP,
                    Tensor.of(new double[] {1})));
            assertEquals(-3, program.run(inputs).get("loss").toDoubles()[0], 1e-12);
            assertEquals(1.5, program.parameter("policy.baseline").toDoubles()[0], 1e-12);
            inputs.put("returns", Tensor.of(new double[] {5, 5}, 2, 1));
            assertEquals(1.5 - 5, program.run(inputs).get("loss").toDoubles()[0], 1e-12);
            assertEquals(3.25, program.parameter("policy.baseline").toDoubles()[0], 1e-12);
        }
    }

    @Test
    void wrongShapesAndRangesAreNamed() {
        BlockCheck.assertError(
                "must be [B, T] and returns [B, T] or [B, 1], got [2, 3] and [2, 2]",
                g -> new PolicyGradient(0).loss(g.normal(2, 3), g.normal(2, 2), PolicyGradient.Baseline.none()));
        BlockCheck.assertError(
                "entropyBonus must be finite and at least 0, got NaN", g -> new PolicyGradient(Double.NaN));
    }
}

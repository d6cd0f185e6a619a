package org.fovea.core.policy;

import java.util.List;
import java.util.Map;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

class CategoricalPolicyTest extends BlockContract {
    private static final double HIDDEN = Double.NEGATIVE_INFINITY;

    @Override
    protected List<BlockCase> cases() {
        return List.of(
                new BlockCase("likelihood and entropy of four", g -> {
                    CategoricalPolicy policy = new CategoricalPolicy(g.normal(3, 2, 4));
                    g.output(policy.logProbability(new CategoricalPolicy(g.fixed(gumbel(24), 3, 2, 4)).mode()));
                    g.output(policy.entropy());
                }),
                new BlockCase("one that must not be chosen", g -> {
                    Value mask = g.fixed(new double[] {0, HIDDEN, 0}, 3);
                    CategoricalPolicy policy =
                            new CategoricalPolicy(g.normal(5, 3).add(mask));
                    g.output(policy.logProbability(g.fixed(new double[] {0, 0, 1}, 1, 3)));
                    g.output(policy.entropy());
                }));
    }

    private static double[] gumbel(int count) {
        return new java.util.Random(3)
                .doubles(count)
                .map(u -> -Math.log(-Math.log(u)))
                .toArray();
    }

    @Test
    void valuesByHand() {
        double[] logits = {Math.log(1), Math.log(3), HIDDEN};
        List<Tensor> out = BlockCheck.run(Map.of(), g -> {
            CategoricalPolicy policy = new CategoricalPolicy(g.given(logits, 1, 3));
            g.output(policy.mode());
            g.output(policy.sample(g.given(new double[] {2, 0, 9}, 1, 3))); // 2, 1.1, -∞
            g.output(policy.logProbability(g.given(new double[] {1, 0, 0}, 1, 3)));
            g.output(policy.entropy());
        });
        Tensors.assertClose(new double[] {0, 1, 0}, out.get(0), 0);
        Tensors.assertClose(new double[] {1, 0, 0}, out.get(1), 0);
        Tensors.assertClose(new double[] {Math.log(0.25)}, out.get(2), 1e-12);
        Tensors.assertClose(new double[] {-0.25 * Math.log(0.25) - 0.75 * Math.log(0.75)}, out.get(3), 1e-12);
    }

    /** 20,000 draws of 0.1, 0.2 and 0.7: each share within four standard errors. */
    @Test
    void sampleFollowsTheProbabilities() {
        int draws = 20_000;
        double[] shares = {0.1, 0.2, 0.7};
        double[] logits = java.util.Arrays.stream(shares).map(Math::log).toArray();
        double[] found = BlockCheck.outputs(g -> {
                    Value row = g.given(logits, 1, 3);
                    Value noise = g.fixed(gumbel(3 * draws), draws, 3);
                    Value all = row.broadcast(noise.shape());
                    g.output(new CategoricalPolicy(all).sample(noise).mean(false, 0));
                })
                .get(0)
                .toDoubles();
        for (int k = 0; k < shares.length; k++) {
            double error = Math.sqrt(shares[k] * (1 - shares[k]) / draws);
            Tensors.assertClose(new double[] {0}, Tensor.of(new double[] {(found[k] - shares[k]) / error}, 1), 4);
        }
    }

    @Test
    void noiseOfAnotherShapeIsNamed() {
        BlockCheck.assertError(
                "the noise must have the logits' shape [2, 3], got [3]",
                g -> new CategoricalPolicy(g.normal(2, 3)).sample(g.normal(3)));
    }
}

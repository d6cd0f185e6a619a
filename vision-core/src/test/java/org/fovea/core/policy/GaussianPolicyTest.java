package org.fovea.core.policy;

import java.util.List;
import java.util.Map;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

class GaussianPolicyTest extends BlockContract {
    @Override
    protected List<BlockCase> cases() {
        return List.of(new BlockCase(
                "likelihood of a given point",
                g -> g.output(new GaussianPolicy(g.normal(3, 2), 0.8).logProbability(g.normal(3, 2)))));
    }

    @Test
    void valuesByHand() {
        List<Tensor> out = BlockCheck.run(Map.of(), g -> {
            GaussianPolicy policy = new GaussianPolicy(g.given(new double[] {0.5, -1}, 1, 2), 0.2);
            g.output(policy.sample(g.given(new double[] {1, -2}, 1, 2)));
            g.output(policy.logProbability(g.given(new double[] {0.7, -1.4}, 1, 2)));
        });
        Tensors.assertClose(new double[] {0.7, -1.4}, out.get(0), 1e-12);
        double peak = -Math.log(2 * Math.PI * 0.2 * 0.2); // two normal densities at their mean
        Tensors.assertClose(new double[] {peak - 0.5 - 2}, out.get(1), 1e-12);
    }

    @Test
    void deviationZeroIsNamed() {
        BlockCheck.assertError("the deviation must be finite and above 0", g -> new GaussianPolicy(g.normal(2, 2), 0));
    }
}

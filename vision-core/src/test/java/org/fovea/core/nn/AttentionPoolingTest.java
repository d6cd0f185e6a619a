package org.fovea.core.nn;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

class AttentionPoolingTest extends BlockContract {
    private static final AttentionPooling POOLING = new AttentionPooling(2, new Mlp(6, Activation.GELU), 1e-6);

    @Override
    protected List<BlockCase> cases() {
        return List.of(
                new BlockCase(
                        "2 heads",
                        g -> g.output(
                                POOLING.build(g.scope(), g.normal(2, 3, 4)).values())),
                new BlockCase("2 heads, weights kept", g -> g.output(POOLING.build(g.scope(), g.normal(2, 5, 4)))));
    }

    /** Without a query to tell tokens apart the result is the map of their mean. */
    @Test
    void queryOfZerosReadsTheMean() {
        Map<String, double[]> weights = new HashMap<>(Map.of(
                "latent", new double[2],
                "query.weight", new double[4],
                "query.bias", new double[2],
                "key_value.weight", new double[] {5, -7, 3, 2, 1, 0, 0, 1},
                "key_value.bias", new double[4],
                "output.weight", new double[] {1, 0, 0, 1},
                "output.bias", new double[] {10, 20},
                "feed_forward.out.weight", new double[2],
                "feed_forward.out.bias", new double[2]));
        weights.put("norm.scale", new double[] {1, 1});
        weights.put("norm.shift", new double[2]);
        weights.put("feed_forward.in.weight", new double[] {1, 2});
        weights.put("feed_forward.in.bias", new double[1]);
        List<Tensor> out = BlockCheck.run(weights, g -> {
            Value x = g.given(new double[] {1, 2, 3, 6, 5, 4}, 1, 3, 2);
            g.output(new AttentionPooling(1, new Mlp(1, Activation.RELU), 1e-6).build(g.scope(), x));
        });
        Tensors.assertClose(new double[] {13, 24}, out.get(0), 1e-12);
        Tensors.assertClose(new double[] {1.0 / 3, 1.0 / 3, 1.0 / 3}, out.get(1), 1e-12);
    }
}

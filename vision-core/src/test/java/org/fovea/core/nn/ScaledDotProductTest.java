package org.fovea.core.nn;

import java.util.List;
import java.util.Map;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.CaseGraph;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

class ScaledDotProductTest extends BlockContract {
    @Override
    protected List<BlockCase> cases() {
        return List.of(
                new BlockCase("2 heads of 4, 3 queries, 5 keys", g -> g.output(build(g).values())),
                new BlockCase("weights kept, mask and learned bias", g -> {
                    Value mask = Masks.where(g.graph(), 3, 5, (query, key) -> query < 2 && key != 1 ? 1 : 0);
                    g.output(build(g, mask, g.normal(2, 1, 5)));
                }));
    }

    private static AttentionOutput build(CaseGraph g, Value... biases) {
        return ScaledDotProduct.ofHeadWidth(4)
                .build(g.scope(), g.normal(2, 2, 3, 4), g.normal(2, 2, 5, 4), g.normal(2, 2, 5, 3), biases);
    }

    @Test
    void weightsAreTheSoftmaxOfScaledProducts() {
        double ln3 = Math.log(3);
        List<Tensor> out = BlockCheck.run(
                Map.of(),
                g -> g.output(ScaledDotProduct.ofHeadWidth(4)
                        .build(
                                g.scope(),
                                g.given(new double[] {2 * ln3, 0, 0, 0}, 1, 1, 1, 4), // scores 2 ln 3 · (1, 0) / √4
                                g.given(new double[] {1, 0, 0, 0, 0, 7, 0, 0}, 1, 1, 2, 4),
                                g.given(new double[] {4, 8}, 1, 1, 2, 1))));
        Tensors.assertClose(new double[] {0.75 * 4 + 0.25 * 8}, out.get(0), 1e-12);
        Tensors.assertClose(new double[] {0.75, 0.25}, out.get(1), 1e-12);
    }

    @Test
    void oneKeyGivesItsValueAndNoneGivesZeros() {
        List<Tensor> out = BlockCheck.run(Map.of(), g -> {
            Value mask = Masks.where(g.graph(), 2, 2, (query, key) -> query == 0 && key == 1 ? 1 : 0);
            g.output(ScaledDotProduct.ofHeadWidth(1)
                    .build(
                            g.scope(),
                            g.given(new double[] {3, 4}, 1, 1, 2, 1),
                            g.given(new double[] {5, 6}, 1, 1, 2, 1),
                            g.given(new double[] {7, 8}, 1, 1, 2, 1),
                            mask));
        });
        Tensors.assertClose(new double[] {8, 0}, out.get(0), 0);
        Tensors.assertClose(new double[] {0, 1, 0, 0}, out.get(1), 0);
    }

    @Test
    void orderOfKeysDoesNotMatter() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value q = g.normal(1, 1, 3, 4);
            Value k = g.normal(1, 1, 2, 4);
            Value v = g.normal(1, 1, 2, 4);
            g.output(ScaledDotProduct.ofHeadWidth(4).build(g.scope(), q, k, v).values());
            g.output(ScaledDotProduct.ofHeadWidth(4)
                    .build(g.scope(), q, swapped(k), swapped(v))
                    .values());
        });
        Tensors.assertClose(out.get(0), out.get(1), 1e-12);
    }

    private static Value swapped(Value x) {
        return x.slice(2, 1, 2).concat(2, x.slice(2, 0, 1));
    }

    @Test
    void shapesThatDoNotFitAreNamed() {
        BlockCheck.assertError("q and k must agree", g -> ScaledDotProduct.ofHeadWidth(4)
                .build(g.scope(), g.normal(1, 1, 3, 4), g.normal(1, 1, 3, 5), g.normal(1, 1, 3, 5)));
        BlockCheck.assertError("headWidth must be at least 1, got 0", g -> ScaledDotProduct.ofHeadWidth(0));
    }
}

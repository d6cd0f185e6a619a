package org.fovea.core.attention;

import java.util.Arrays;
import java.util.List;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.MultiHeadAttention;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.AllPairs;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.CaseGraph;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

class SinkhornAttentionTest extends BlockContract {
    @Override
    protected List<BlockCase> cases() {
        return List.of(
                new BlockCase(
                        "3 buckets of 2",
                        g -> g.output(new SinkhornAttention(2, 2, 3, 0.75)
                                .build(g.scope(), g.normal(2, 6, 4))
                                .values())),
                new BlockCase(
                        "noise, weights kept",
                        g -> output(g, new SinkhornAttention(1, 3, 2, 2), g.normal(1, 6, 2), g.normal(1, 1, 2, 2))));
    }

    private static void output(CaseGraph g, SinkhornAttention block, Value x, Value... noise) {
        g.output(block.build(g.scope(), x, noise));
    }

    @Test
    void sortedBucketsByHand() {
        // R swaps the two buckets of one token; equal scores: every token reads the mean of both
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value swap = g.given(new double[] {0, 1000, 1000, 0}, 1, 1, 2, 2);
            output(g, new SinkhornAttention(1, 1, 1, 1), g.given(new double[] {3, 5}, 1, 2, 1), swap);
            g.graph().parameters().forEach((name, value) -> g.set(name, Tensor.zeros(DType.F64, value.shape())));
            g.set("value.weight", Tensor.of(new double[] {1}, 1, 1));
            g.set("key.weight", Tensor.of(new double[] {1}, 1, 1));
            g.set("query.bias", Tensor.of(new double[] {Math.log(3) / 2}, 1)); // scores apart by ln 3
            g.set("output.weight", Tensor.of(new double[] {1}, 1, 1));
        });
        Tensors.assertClose(new double[] {4.5, 4.5}, out.get(0), 1e-12);
        Tensors.assertClose(new double[] {0, 1, 1, 0}, out.get(1), 1e-12);
        Tensors.assertClose(new double[] {0.75, 0.25, 0.25, 0.75}, out.get(2), 1e-12);
    }

    @Test
    void oneBucketIsPlainAttention() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value x = g.normal(2, 5, 4);
            g.output(new SinkhornAttention(2, 5, 2, 0.75).build(g.scope(), x).values());
            g.output(new MultiHeadAttention(2, true).build(g.scope(), x, x).values());
        });
        Tensors.assertClose(out.get(1), out.get(0), 1e-12);
    }

    @Test
    void permutationIsDoublyStochastic() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value r = new SinkhornAttention(2, 2, 20, 0.75)
                    .build(g.scope(), g.normal(3, 16, 8))
                    .weights("permutation");
            g.output(r.sum(false, 2));
            g.output(r.sum(false, 3));
        });
        double[] ones = new double[48];
        Arrays.fill(ones, 1);
        Tensors.assertClose(ones, out.get(0), 1e-3);
        Tensors.assertClose(ones, out.get(1), 1e-3);
    }

    @Test
    void theBucketMustDivideTheTokens() {
        BlockCheck.assertError(
                "got [1, 7, 4], a bucket of 2 and 2 heads; pad the tokens",
                g -> new SinkhornAttention(2, 2, 3, 1).build(g.scope(), g.normal(1, 7, 4)));
        BlockCheck.assertError("temperature must be above 0, got NaN", g -> new SinkhornAttention(2, 2, 3, Double.NaN));
    }

    @Test
    void allPairsAreNeverHeld() {
        AllPairs.assertNeverHeld(
                1024,
                g -> g.output(new SinkhornAttention(1, 64, 5, 0.75)
                        .build(g.scope(), g.normal(1, 1024, 8))
                        .values()));
    }
}

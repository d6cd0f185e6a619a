package org.fovea.core.nn;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

class MultiHeadAttentionTest extends BlockContract {
    @Override
    protected List<BlockCase> cases() {
        return List.of(
                new BlockCase(
                        "2 heads of 3, 4 queries, memory of 5 by 7",
                        g -> g.output(new MultiHeadAttention(2, true)
                                .build(g.scope(), g.normal(2, 4, 6), g.normal(2, 5, 7))
                                .values())),
                new BlockCase(
                        "weights kept, no bias, causal",
                        g -> g.output(new MultiHeadAttention(3, false)
                                .build(g.scope(), g.normal(1, 4, 6), g.normal(1, 4, 6), Masks.causal(g.graph(), 4)))),
                new BlockCase(
                        "self-attention, causal",
                        g -> g.output(new MultiHeadSelfAttention(2, true)
                                .build(g.scope(), g.normal(2, 4, 6), Masks.causal(g.graph(), 4)))),
                new BlockCase(
                        "self-attention, biases of queries and values",
                        g -> g.output(new MultiHeadSelfAttention(2, QkvBias.QUERIES_AND_VALUES)
                                .build(g.scope(), g.normal(2, 4, 6)))));
    }

    @Test
    void biasesOfQueriesAndValuesAreTheJoinedOneWithZerosForKeys() {
        double[] weight = {1, -2, 3, 0.5, 2, 1, -1, 4, 1, 2, 3, 4};
        double[] identity = {1, 0, 0, 1};
        double[] none = {0, 0};
        double[] x = {1, 2, -1, 0.5, 3, 1};
        Tensor joined = QkvBias.joined(Tensor.of(new double[] {1, 2}, 2), Tensor.of(new double[] {3, 4}, 2));
        Tensors.assertClose(new double[] {1, 2, 0, 0, 3, 4}, joined, 0);
        List<Tensor> apart = BlockCheck.run(
                Map.of(
                        "qkv.weight", weight,
                        "query.bias", new double[] {1, 2},
                        "value.bias", new double[] {3, 4},
                        "output.weight", identity,
                        "output.bias", none),
                g -> g.output(new MultiHeadSelfAttention(1, QkvBias.QUERIES_AND_VALUES)
                        .build(g.scope(), g.given(x, 1, 3, 2))));
        List<Tensor> together = BlockCheck.run(
                Map.of(
                        "qkv.weight", weight,
                        "qkv.bias", joined.toDoubles(),
                        "output.weight", identity,
                        "output.bias", none),
                g -> g.output(new MultiHeadSelfAttention(1, QkvBias.ALL).build(g.scope(), g.given(x, 1, 3, 2))));
        Tensors.assertClose(together.get(0), apart.get(0), 1e-12);
        Tensors.assertClose(together.get(1), apart.get(1), 1e-12);
    }

    @Test
    void headsReadTheirOwnChannels() {
        double[] identity = {1, 0, 0, 1};
        double share = 1 / (1 + Math.exp(-6)); // head 0: scores 2·3 and 0; head 1: equal scores
        List<Tensor> out = BlockCheck.run(
                Map.of(
                        "query.weight", identity,
                        "key.weight", identity,
                        "value.weight", identity,
                        "output.weight", identity,
                        "output.bias", new double[] {0, 1}),
                g -> g.output(new MultiHeadAttention(2, false)
                        .build(
                                g.scope(),
                                g.given(new double[] {2, 5}, 1, 1, 2),
                                g.given(new double[] {3, 4, 0, 4}, 1, 2, 2))));
        Tensors.assertClose(new double[] {3 * share, 5}, out.get(0), 1e-12);
        Tensors.assertClose(new double[] {share, 1 - share, 0.5, 0.5}, out.get(1), 1e-12);
    }

    @Test
    void ofOneSequenceIsSelfAttention() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value x = g.normal(2, 5, 6);
            Tensor rows = Tensor.of(
                    DoubleStream.iterate(1, i -> (i * 7) % 109)
                            .limit(108)
                            .map(i -> i / 109 - 0.5)
                            .toArray(),
                    18,
                    6);
            double[] all = rows.toDoubles();
            g.set("self.qkv.weight", rows);
            String[] names = {"query", "key", "value"};
            for (int i = 0; i < 3; i++) {
                g.set("cross." + names[i] + ".weight", Tensor.of(Arrays.copyOfRange(all, 36 * i, 36 * i + 36), 6, 6));
            }
            for (String weight : List.of("output.weight", "output.bias")) {
                int[] sizes = weight.endsWith("bias") ? new int[] {6} : new int[] {6, 6};
                Tensor same = Tensor.of(Arrays.copyOf(all, sizes.length == 1 ? 6 : 36), sizes);
                g.set("self." + weight, same);
                g.set("cross." + weight, same);
            }
            g.output(new MultiHeadSelfAttention(2, false).build(g.scope().child("self"), x));
            g.output(new MultiHeadAttention(2, false).build(g.scope().child("cross"), x, x));
        });
        Tensors.assertClose(out.get(0), out.get(2), 1e-12);
        Tensors.assertClose(out.get(1), out.get(3), 1e-12);
    }

    @Test
    void headsMustDivideTheWidth() {
        BlockCheck.assertError(
                "heads must divide the width, got [1, 2, 6] and 4 heads",
                g -> new MultiHeadAttention(4, true).build(g.scope(), g.normal(1, 2, 6), g.normal(1, 3, 6)));
    }
}

package org.fovea.core.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

/** Attention with keys and values of earlier runs or computed once, which must equal the plain forms. */
class CachedAttentionTest extends BlockContract {
    private static final double TOLERANCE = 1e-12;

    private static AttentionOutput prepared(Scope scope, Value queries, Value memory, int readers) {
        Value keysAndValues =
                PreparedCrossAttention.prepare(scope, memory, queries.shape().dim(2));
        return new PreparedCrossAttention(2, readers).build(scope, queries, keysAndValues);
    }

    @Override
    protected List<BlockCase> cases() {
        return List.of(
                new BlockCase(
                        "cross-attention, 2 heads of 3, 3 readers of each memory of 5 by 7",
                        g -> g.output(prepared(g.scope(), g.normal(6, 4, 6), g.normal(2, 5, 7), 3))),
                new BlockCase(
                        "self-attention without a past, causal",
                        g -> g.output(new CachedSelfAttention(2, KeyValueCache.NONE)
                                .build(g.scope(), g.normal(2, 4, 6), Masks.causal(g.graph(), 4)))));
    }

    private static double[] normal(long seed, int count) {
        return new Random(seed).doubles(count, -1, 1).toArray();
    }

    private static double[] part(double[] all, int index, int size) {
        return Arrays.copyOfRange(all, index * size, (index + 1) * size);
    }

    /** Weights of a width of 4, a memory of 3 wide. */
    private static Map<String, double[]> shared() {
        Map<String, double[]> out = new LinkedHashMap<>();
        out.put("query.weight", normal(1, 16));
        out.put("query.bias", normal(2, 4));
        out.put("output.weight", normal(3, 16));
        out.put("output.bias", normal(4, 4));
        return out;
    }

    @Test
    void readersOfOneMemoryEachReadItAsTheirOwn() {
        double[] weight = normal(5, 24);
        double[] bias = normal(6, 8);
        double[] queries = normal(7, 4 * 2 * 4);
        double[] memory = normal(8, 2 * 3 * 3);
        Map<String, double[]> fused = shared();
        fused.put("key_value.weight", weight);
        fused.put("key_value.bias", bias);
        Map<String, double[]> apart = shared();
        apart.put("key.weight", part(weight, 0, 12));
        apart.put("value.weight", part(weight, 1, 12));
        apart.put("key.bias", part(bias, 0, 4));
        apart.put("value.bias", part(bias, 1, 4));
        double[] repeated = new double[2 * memory.length];
        for (int row = 0; row < 4; row++) {
            System.arraycopy(memory, row / 2 * 9, repeated, row * 9, 9);
        }
        List<Tensor> actual = BlockCheck.run(
                fused, g -> g.output(prepared(g.scope(), g.given(queries, 4, 2, 4), g.given(memory, 2, 3, 3), 2)));
        List<Tensor> expected = BlockCheck.run(
                apart,
                g -> g.output(new MultiHeadAttention(2, true)
                        .build(g.scope(), g.given(queries, 4, 2, 4), g.given(repeated, 4, 3, 3))));
        Tensors.assertClose(expected.get(0), actual.get(0), TOLERANCE);
        Tensors.assertClose(expected.get(1), actual.get(1), TOLERANCE);
    }

    @Test
    void withoutAPastItIsPlainSelfAttention() {
        Map<String, double[]> weights = new LinkedHashMap<>();
        weights.put("qkv.weight", normal(1, 48));
        weights.put("qkv.bias", normal(2, 12));
        weights.put("output.weight", normal(3, 16));
        weights.put("output.bias", normal(4, 4));
        double[] x = normal(5, 2 * 3 * 4);
        List<Tensor> actual = BlockCheck.run(
                weights,
                g -> g.output(new CachedSelfAttention(2, KeyValueCache.NONE).build(g.scope(), g.given(x, 2, 3, 4))));
        List<Tensor> expected = BlockCheck.run(
                weights, g -> g.output(new MultiHeadSelfAttention(2, true).build(g.scope(), g.given(x, 2, 3, 4))));
        Tensors.assertClose(expected.get(0), actual.get(0), TOLERANCE);
        Tensors.assertClose(expected.get(1), actual.get(1), TOLERANCE);
    }

    @Test
    void aCacheIsAStateOfItsCapacity() {
        Graph graph = new Graph();
        Value slots = graph.indexInput("slots", 1);
        Value x = graph.input("x", 2, 1, 6);
        AttentionOutput out = new CachedSelfAttention(3, KeyValueCache.of(8, slots))
                .build(Scope.of(graph).child("attention"), x);
        assertEquals(Shape.of(2, 3, 8, 2), graph.states().get("attention.key").shape());
        assertEquals(2, graph.nextStates().size());
        assertEquals(Shape.of(2, 3, 1, 8), out.weights().shape());
    }
}

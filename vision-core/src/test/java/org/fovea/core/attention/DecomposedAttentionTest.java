package org.fovea.core.attention;

import java.util.List;
import java.util.Map;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Heads;
import org.fovea.core.nn.MultiHeadSelfAttention;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.AllPairs;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.CaseGraph;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

class DecomposedAttentionTest extends BlockContract {
    @Override
    protected List<BlockCase> cases() {
        return List.of(
                new BlockCase(
                        "the whole grid",
                        g -> g.output(
                                new DecomposedAttention(2, 0, true, true).build(g.scope(), g.normal(2, 3, 4, 4)))),
                new BlockCase(
                        "padded windows of 3",
                        g -> g.output(new DecomposedAttention(2, 3, true, true)
                                .build(g.scope(), g.normal(2, 4, 5, 4))
                                .values())),
                new BlockCase(
                        "a window larger than the grid, no bias",
                        g -> g.output(new DecomposedAttention(1, 3, false, true)
                                .build(g.scope(), g.normal(1, 2, 2, 2))
                                .values())));
    }

    @Test
    void scoresAreThoseOfTheTablesByHand() {
        // one head of width 1, q = k = v = x on a row of two: scores x·y + x·r, r of the offset from key to query
        double x = 1;
        double y = 2;
        List<Tensor> out = BlockCheck.run(
                Map.of(
                        "qkv.weight", new double[] {1, 1, 1},
                        "qkv.bias", new double[3],
                        "output.weight", new double[] {1},
                        "output.bias", new double[1],
                        "row_offsets", new double[] {5},
                        "column_offsets", new double[] {0.5, 0, -0.25}),
                g -> g.output(new DecomposedAttention(1, 0, true, true)
                        .build(g.scope(), g.given(new double[] {x, y}, 1, 1, 2, 1))
                        .values()));
        double toSelf = Math.exp(x * x + x * 5);
        double toOther = Math.exp(x * y + x * 5 + x * 0.5); // the key lies one right: offset -1
        double back = Math.exp(y * x + y * 5 - y * 0.25);
        double stay = Math.exp(y * y + y * 5);
        Tensors.assertClose(
                new double[] {(toSelf * x + toOther * y) / (toSelf + toOther), (back * x + stay * y) / (back + stay)},
                out.get(0),
                1e-12);
    }

    @Test
    void isPlainAttentionWithTheTermsAsBias() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value x = g.normal(2, 3, 4, 6);
            g.output(new DecomposedAttention(2, 0, true, true)
                    .build(g.scope(), x)
                    .values()
                    .reshape(2, 12, 6));
            Value tokens = x.reshape(2, 12, 6);
            g.output(new MultiHeadSelfAttention(2, true)
                    .build(g.scope(), tokens, bias(g, tokens, 3, 4))
                    .values());
        });
        Tensors.assertClose(out.get(1), out.get(0), 1e-12);
    }

    /** q·(rows + columns) with a vector for each pair of tokens: {@code [B, heads, N, N]}. */
    private static Value bias(CaseGraph g, Value tokens, int height, int width) {
        Scope shared = g.scope().shared();
        Value qkv = tokens.linear(shared.parameter("qkv.weight", 18, 6), shared.parameter("qkv.bias", 18));
        Value q = Heads.split(qkv.slice(2, 0, 6), 2); // [B, 2, N, 3]
        int n = height * width;
        int[] rows = new int[n * n];
        int[] columns = new int[n * n];
        for (int i = 0; i < n * n; i++) {
            rows[i] = i / n / width - i % n / width + height - 1;
            columns[i] = i / n % width - i % n % width + width - 1;
        }
        Value down = shared.parameter("row_offsets", 2 * height - 1, 3)
                .gather(0, g.graph().constant(Tensor.of(rows, n, n)));
        Value across = shared.parameter("column_offsets", 2 * width - 1, 3)
                .gather(0, g.graph().constant(Tensor.of(columns, n, n)));
        return q.reshape(2, 2, n, 1, 3).multiply(down.add(across)).sum(false, 4);
    }

    @Test
    void withoutTablesWindowsArePlainAttention() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value x = g.normal(1, 2, 4, 4);
            g.output(new DecomposedAttention(2, 2, true, false)
                    .build(g.scope(), x)
                    .values());
            Value left = x.slice(2, 0, 2).reshape(1, 4, 4);
            Value right = x.slice(2, 2, 4).reshape(1, 4, 4);
            g.output(new MultiHeadSelfAttention(2, true)
                    .build(g.scope(), left.concat(0, right))
                    .values()
                    .reshape(2, 2, 2, 4)
                    .permute(1, 0, 2, 3)
                    .reshape(1, 2, 4, 4));
        });
        Tensors.assertClose(out.get(1), out.get(0), 1e-12);
    }

    @Test
    void aWindowBelowZeroIsRefused() {
        BlockCheck.assertError("window must be at least 0, got -1", g -> new DecomposedAttention(1, -1, true, true));
    }

    @Test
    void allPairsAreNeverHeld() {
        AllPairs.assertNeverHeld(
                1024,
                g -> g.output(new DecomposedAttention(1, 8, true, true)
                        .build(g.scope(), g.normal(1, 32, 32, 8))
                        .values()));
    }
}

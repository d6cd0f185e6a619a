package org.fovea.core.attention;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.MultiHeadSelfAttention;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.AllPairs;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

class AxialAttentionTest extends BlockContract {
    @Override
    protected List<BlockCase> cases() {
        return List.of(
                of("no relative terms", AxialAttention.Relative.NONE, true, 2, 3, 2),
                of("relative to queries", AxialAttention.Relative.QUERY, true, 1, 2, 3),
                of("position-sensitive", AxialAttention.Relative.QUERY_KEY_VALUE, false, 2, 3, 2),
                of("position-sensitive, weights kept", AxialAttention.Relative.QUERY_KEY_VALUE, true, 1, 3, 4));
    }

    private static BlockCase of(String name, AxialAttention.Relative relative, boolean keep, int... s) {
        return new BlockCase(name, g -> {
            AttentionOutput read = new AxialAttention(2, relative).build(g.scope(), g.normal(s[0], s[1], s[2], 4));
            if (keep) {
                g.output(read);
            } else {
                g.output(read.values());
            }
        });
    }

    @Test
    void equalScoresGiveTheMeanOfTheGrid() {
        double[] onlyValues = {0, 0, 1};
        List<Tensor> out = BlockCheck.run(
                Map.of(
                        "height.qkv.weight", onlyValues,
                        "height.qkv.bias", new double[3],
                        "height.output.weight", new double[] {1},
                        "height.output.bias", new double[1],
                        "width.qkv.weight", onlyValues,
                        "width.qkv.bias", new double[3],
                        "width.output.weight", new double[] {1},
                        "width.output.bias", new double[] {10}),
                g -> {
                    g.output(new AxialAttention(1, AxialAttention.Relative.NONE)
                            .build(g.scope(), g.given(new double[] {1, 2, 3, 4, 5, 9}, 1, 2, 3, 1)));
                });
        Tensors.assertClose(new double[] {14, 14, 14, 14, 14, 14}, out.get(0), 1e-12);
        Tensors.assertClose(Tensor.of(repeated(0.5, 12), 3, 1, 2, 2), out.get(1), 1e-12);
        Tensors.assertClose(Tensor.of(repeated(1 / 3.0, 18), 2, 1, 3, 3), out.get(2), 1e-12);
    }

    private static double[] repeated(double number, int count) {
        double[] out = new double[count];
        Arrays.fill(out, number);
        return out;
    }

    @Test
    void oneRowOrColumnIsPlainAttention() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value x = g.normal(2, 5, 4);
            AxialAttention axial = new AxialAttention(2, AxialAttention.Relative.NONE);
            MultiHeadSelfAttention plain = new MultiHeadSelfAttention(2, true);
            g.output(axial.build(g.scope(), x.reshape(2, 1, 5, 4)).values().reshape(2, 5, 4));
            g.output(plain.build(g.scope().child("width"), x).values());
            g.output(axial.build(g.scope(), x.reshape(2, 5, 1, 4)).values().reshape(2, 5, 4));
            g.output(plain.build(g.scope().child("height"), x).values());
        });
        Tensors.assertClose(out.get(1), out.get(0), 1e-12);
        Tensors.assertClose(out.get(3), out.get(2), 1e-12);
    }

    @Test
    void everyTokenReadsItsColumnThenItsRow() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value x = g.normal(2, 3, 2, 4);
            AxialAttention.Relative sensitive = AxialAttention.Relative.QUERY_KEY_VALUE;
            g.output(new AxialAttention(2, sensitive).build(g.scope(), x).values());
            Value[] columns = new Value[2];
            for (int i = 0; i < 2; i++) {
                columns[i] = along(
                                g.scope().child("height"), x.slice(2, i, i + 1).reshape(2, 3, 4))
                        .reshape(2, 3, 1, 4);
            }
            Value y = columns[0].concat(2, columns[1]);
            Value[] rows = new Value[3];
            for (int i = 0; i < 3; i++) {
                rows[i] = along(g.scope().child("width"), y.slice(1, i, i + 1).reshape(2, 2, 4))
                        .reshape(2, 1, 2, 4);
            }
            g.output(rows[0].concat(1, rows[1], rows[2]));
        });
        Tensors.assertClose(out.get(1), out.get(0), 1e-12);
    }

    private static Value along(Scope scope, Value x) {
        RelativePositions positions = new RelativePositions(x.shape().dim(1) - 1);
        return new RelativeAttention(2, positions, RelativeAttention.Tables.ALL)
                .build(scope, x)
                .values();
    }

    @Test
    void portionsChangeNothing() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value x = g.normal(5, 3, 4);
            MultiHeadSelfAttention plain = new MultiHeadSelfAttention(2, true);
            g.output(Chunked.of(x, 1 << 23, part -> plain.build(g.scope(), part)));
            g.output(plain.build(g.scope(), x));
        });
        Tensors.assertClose(out.get(2), out.get(0), 1e-12);
        Tensors.assertClose(out.get(3), out.get(1), 1e-12);
    }

    @Test
    void headsMustDivideTheWidth() {
        BlockCheck.assertError(
                "AxialAttention: x must be [B, H, W, C] and heads must divide the width C, got [1, 2, 2, 4] and 3 heads",
                g -> new AxialAttention(3, AxialAttention.Relative.NONE).build(g.scope(), g.normal(1, 2, 2, 4)));
    }

    @Test
    void allPairsAreNeverHeld() {
        for (AxialAttention.Relative relative : AxialAttention.Relative.values()) {
            AllPairs.assertNeverHeld(
                    1024,
                    g -> g.output(new AxialAttention(1, relative)
                            .build(g.scope(), g.normal(1, 32, 32, 8))
                            .values()));
        }
    }
}

package org.fovea.core.attention;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.junit.jupiter.api.Test;

class AttentionRolloutTest extends BlockContract {
    private static final double EXACT = 1e-12;

    @Override
    protected List<BlockCase> cases() {
        return List.of(new BlockCase("3 layers of 2 heads, 4 tokens", g -> {
            List<Value> layers = List.of(g.normal(2, 2, 4, 4), g.normal(2, 2, 4, 4), g.normal(2, 2, 4, 4));
            g.output(AttentionRollout.build(
                    layers.stream().map(x -> x.softmax(3)).toList()));
        }));
    }

    @Test
    void graphGivesTheSameRows() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            List<Value> layers = List.of(
                    g.normal(1, 2, 4, 4).softmax(3), g.normal(1, 2, 4, 4).softmax(3));
            layers.forEach(g::output);
            g.output(AttentionRollout.build(layers));
        });
        List<float[]> layers = List.of(out.get(0).toFloats(), out.get(1).toFloats());
        for (int row = 0; row < 4; row++) {
            double[] reader = new double[4];
            reader[row] = 1;
            double[] expected = Arrays.copyOfRange(out.get(2).toDoubles(), 4 * row, 4 * row + 4);
            assertArrayEquals(expected, AttentionRollout.of(layers, 2, reader), 1e-6);
        }
    }

    @Test
    void layersThatAreNotSquareAreNamed() {
        BlockCheck.assertError(
                "must be [B, heads, N, N], got [1, 2, 3, 4]",
                g -> AttentionRollout.build(List.of(g.normal(1, 2, 3, 4))));
        BlockCheck.assertError("there must be a layer", g -> AttentionRollout.build(List.of()));
    }

    @Test
    void oneLayerIsTheMeanOfAttentionAndIdentity() {
        float[] heads = {
            0.25f, 0.75f, 0.5f, 0.5f, // head 0
            0.75f, 0.25f, 0.0f, 1.0f, // head 1
        };
        // mean over heads: [0.5 0.5; 0.25 0.75]; (A + I)/2: [0.75 0.25; 0.125 0.875]
        assertArrayEquals(new double[] {0.75, 0.25}, rollout(List.of(heads), 2, 1, 0), EXACT);
        assertArrayEquals(new double[] {0.125, 0.875}, rollout(List.of(heads), 2, 0, 1), EXACT);
        assertArrayEquals(new double[] {0.4375, 0.5625}, rollout(List.of(heads), 2, 0.5, 0.5), EXACT);
    }

    @Test
    void laterLayersStandOnTheLeft() {
        float[] first = {0, 1, 0, 1};
        float[] second = {1, 0, 0, 1};
        // second is the identity: the product is (first + I)/2 = [0.5 0.5; 0 1]
        assertArrayEquals(new double[] {0.5, 0.5}, rollout(List.of(first, second), 1, 1, 0), EXACT);
        // now token 1 of the second layer reads token 0, whose row of the first is [0.5 0.5]
        float[] crossing = {1, 0, 1, 0};
        assertArrayEquals(new double[] {0.25, 0.75}, rollout(List.of(first, crossing), 1, 0, 1), EXACT);
    }

    @Test
    void sumStaysOne() {
        int n = 7;
        int heads = 3;
        Random random = new Random(5);
        List<float[]> layers = List.of(stochastic(random, heads, n), stochastic(random, heads, n));
        double[] readers = new double[n];
        readers[0] = 1;
        assertEquals(
                1, Arrays.stream(AttentionRollout.of(layers, heads, readers)).sum(), 1e-6);
    }

    private static float[] stochastic(Random random, int heads, int n) {
        float[] out = new float[heads * n * n];
        for (int row = 0; row < heads * n; row++) {
            float sum = 0;
            for (int i = 0; i < n; i++) {
                sum += out[row * n + i] = random.nextFloat();
            }
            for (int i = 0; i < n; i++) {
                out[row * n + i] /= sum;
            }
        }
        return out;
    }

    private static double[] rollout(List<float[]> layers, int heads, double... readers) {
        return AttentionRollout.of(layers, heads, readers);
    }
}

package org.fovea.vit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AttentionRolloutTest {
    private static final double EXACT = 1e-12;

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

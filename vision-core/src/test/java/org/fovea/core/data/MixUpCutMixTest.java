package org.fovea.core.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.fovea.core.tensor.Shape;
import org.junit.jupiter.api.Test;

class MixUpCutMixTest {
    private static final Shape IMAGE = Shape.of(2, 5, 6);
    private static final int SIZE = 60;

    /** Three images: all 0, all 1, all 2; of classes 0, 1, 2. */
    private static float[][] mixed(MixUpCutMix mix, long seed) {
        float[] pixels = new float[3 * SIZE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = i / SIZE;
        }
        float[] targets = {1, 0, 0, 0, 1, 0, 0, 0, 1};
        mix.mix(pixels, IMAGE, targets, 3, 0, new SplittableRandom(seed));
        return new float[][] {pixels, targets};
    }

    @Test
    void mixUpBlendsPartnersAndTheirTargetsAlike() {
        float[][] out = mixed(MixUpCutMix.of(0.8, 0), 3);
        float share = out[1][0];
        assertTrue(share > 0.01f && share < 0.99f, "share " + share);
        assertArrayEquals(new float[] {share, 0, 1 - share, 0, 1, 0, 1 - share, 0, share}, out[1], 1e-6f);
        for (int e = 0; e < SIZE; e++) {
            assertEquals(2 * (1 - share), out[0][e], 1e-6f);
            assertEquals(1, out[0][SIZE + e]);
            assertEquals(2 * share, out[0][2 * SIZE + e], 1e-6f);
        }
    }

    @Test
    void cutMixTargetsAreTheSharesOfTheArea() {
        boolean partly = false;
        for (long seed = 0; seed < 50; seed++) {
            float[][] out = mixed(MixUpCutMix.of(0, 1), seed);
            int own = 0;
            for (int e = 0; e < SIZE; e++) {
                assertTrue(out[0][e] == 0 || out[0][e] == 2, "neither image's pixel: " + out[0][e]);
                assertEquals(2 - out[0][e], out[0][2 * SIZE + e]);
                own += out[0][e] == 0 ? 1 : 0;
            }
            partly |= own > 0 && own < SIZE;
            assertEquals((float) own / SIZE, out[1][0], 1e-6f);
            assertEquals(1 - (float) own / SIZE, out[1][2], 1e-6f);
        }
        assertTrue(partly);
    }

    @Test
    void mixingEndsAtItsEpochAndNeverAtProbabilityZero() {
        float[] pixels = {0, 1};
        MixUpCutMix mix = MixUpCutMix.of(1, 1).until(5);
        mix.mix(pixels, Shape.of(1, 1, 1), new float[] {1, 0, 0, 1}, 2, 5, new SplittableRandom(1));
        assertArrayEquals(new float[] {0, 1}, pixels);
        float[] targets = mixed(new MixUpCutMix(1, 1, 0, 0.5, 9), 1)[1];
        assertArrayEquals(new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, targets);
    }

    @Test
    void betaNumbersHaveTheirMeanAndVariance() {
        for (double alpha : new double[] {0.2, 0.8, 1, 3}) {
            SplittableRandom random = new SplittableRandom(1);
            int count = 100_000;
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < count; i++) {
                double x = BetaDistribution.symmetric(alpha, random);
                assertTrue(x >= 0 && x <= 1, "outside: " + x);
                sum += x;
                squares += (x - 0.5) * (x - 0.5);
            }
            assertEquals(0.5, sum / count, 0.005);
            assertEquals(1 / (4 * (2 * alpha + 1)), squares / count, 0.003);
        }
    }

    @Test
    void badNumbersAreErrors() {
        assertThrows(IllegalArgumentException.class, () -> MixUpCutMix.of(0, 0));
        assertThrows(IllegalArgumentException.class, () -> MixUpCutMix.of(Double.NaN, 1));
        assertThrows(IllegalArgumentException.class, () -> new MixUpCutMix(1, 1, 1.5, 0.5, 1));
    }
}

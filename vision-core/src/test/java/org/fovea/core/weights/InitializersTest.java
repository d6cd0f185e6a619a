package org.fovea.core.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.fovea.core.tensor.Shape;
import org.junit.jupiter.api.Test;

class InitializersTest {
    private static final Shape WEIGHT = Shape.of(64, 32, 3, 3); // fan-in 288, fan-out 576
    private static final double STD_TOLERANCE = 0.03; // of 18,432 draws: five standard errors

    private static double std(float[] values) {
        double sum = 0;
        double squares = 0;
        for (float v : values) {
            sum += v;
            squares += (double) v * v;
        }
        double mean = sum / values.length;
        return Math.sqrt(squares / values.length - mean * mean);
    }

    private static void check(Initializer initializer, double std, double bound) {
        float[] values = initializer.create("w", WEIGHT, 1).toFloats();
        assertEquals(std, std(values), std * STD_TOLERANCE);
        double sum = 0;
        float largest = 0;
        for (float v : values) {
            sum += v;
            largest = Math.max(largest, Math.abs(v));
        }
        assertEquals(0, sum / values.length, std * STD_TOLERANCE);
        assertTrue(largest <= bound, "largest " + largest + ", bound " + bound);
        assertTrue(largest > 0.98 * bound || bound == Double.MAX_VALUE, "largest " + largest + ", bound " + bound);
    }

    @Test
    void distributionsHaveTheirSpreadAndBounds() {
        check(Initializers.truncatedNormal(0.02), 0.02 * 0.8796, 0.04f);
        check(Initializers.xavierUniform(), Math.sqrt(2.0 / 864), (float) Math.sqrt(6.0 / 864));
        check(Initializers.kaimingUniform(), Math.sqrt(2.0 / 288), (float) Math.sqrt(6.0 / 288));
        check(Initializers.kaimingNormal(), Math.sqrt(2.0 / 288), Double.MAX_VALUE);
    }

    @Test
    void constantsAreConstant() {
        assertArrayEquals(
                new float[] {0, 0},
                Initializers.zeros().create("b", Shape.of(2), 1).toFloats(),
                0f);
        assertArrayEquals(
                new float[] {1, 1},
                Initializers.ones().create("b", Shape.of(2), 1).toFloats(),
                0f);
        assertArrayEquals(
                new float[] {1e-5f},
                Initializers.constant(1e-5f).create("b", Shape.of(1), 1).toFloats(),
                0f);
    }

    @Test
    void valuesDependOnSeedAndNameOnly() {
        Initializer normal = Initializers.truncatedNormal(1);
        float[] values = normal.create("a", Shape.of(10_000), 7).toFloats();
        Parameters parameters = Parameters.builder()
                .initial("b", Shape.of(10_000), normal, 7)
                .initial("a", Shape.of(10_000), normal, 7)
                .initial("c", Shape.of(10_000), normal, 8)
                .build();
        assertArrayEquals(values, parameters.floats("a"), 0f);
        assertArrayEquals(values, parameters.tensor("a").toFloats(), 0f);
        float[] part = new float[5000];
        parameters.readFloats("a", 4000, FloatBuffer.wrap(part));
        assertArrayEquals(Arrays.copyOfRange(values, 4000, 9000), part, 0f);
        assertFalse(Arrays.equals(values, parameters.floats("b")));
        assertFalse(
                Arrays.equals(values, normal.create("a", Shape.of(10_000), 8).toFloats()));
    }

    @Test
    void blocksDoNotRepeat() {
        float[] values =
                Initializers.kaimingUniform().create("a", Shape.of(4, 4096), 7).toFloats();
        long distinct = java.util.stream.IntStream.range(0, values.length)
                .mapToObj(i -> values[i])
                .distinct()
                .count();
        assertTrue(distinct > 0.99 * values.length, "distinct " + distinct);
    }

    @Test
    void initializersRefuseWhatHasNoMeaning() {
        assertThrows(IllegalArgumentException.class, () -> Initializers.truncatedNormal(-1));
        assertThrows(IllegalArgumentException.class, () -> Initializers.truncatedNormal(Double.NaN));
        var e = assertThrows(IllegalArgumentException.class, () -> Initializers.xavierUniform()
                .create("b", Shape.of(5), 1));
        assertTrue(e.getMessage().contains("[out, in, ...] with elements, got [5]"), e.getMessage());
    }
}

package org.fovea.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class CheckTest {
    private static final double NAN = Double.NaN;

    private static void assertRefused(String message, Executable check) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, check).getMessage());
    }

    @Test
    void boundsThemselvesPassAndWhatLiesBeyondIsNamed() {
        Check.positive("A: b", 1);
        assertRefused("A: b must be at least 1, got 0", () -> Check.positive("A: b", 0));
        Check.positive("A: b", Double.MIN_VALUE);
        assertRefused("A: b must be finite and above 0, got 0.0", () -> Check.positive("A: b", 0.0));
        Check.notNegative("A: b", 0.0);
        assertRefused("A: b must be finite and at least 0, got -1.0", () -> Check.notNegative("A: b", -1));
        Check.atLeast(3, "A: b", 3);
        assertRefused("A: b must be at least 3, got 2", () -> Check.atLeast(3, "A: b", 2));
        Check.within(2, 4, "A: b", 2);
        Check.within(2, 4, "A: b", 4);
        assertRefused("A: b must lie in [2, 4], got 5", () -> Check.within(2, 4, "A: b", 5));
        Check.share("A: b", 0);
        assertRefused("A: b must be at least 0 and below 1, got 1.0", () -> Check.share("A: b", 1));
        Check.probability("A: b", 1);
        assertRefused("A: b must lie in [0, 1], got 1.5", () -> Check.probability("A: b", 1.5));
        Check.range("A: b", 2, 2);
        assertRefused(
                "A: b must be a range of positive numbers, the least first, got 2.0 to 1.0",
                () -> Check.range("A: b", 2, 1));
    }

    @Test
    void nanAndInfinityAreRefused() {
        for (double value : new double[] {NAN, Double.POSITIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> Check.positive("A: b", value));
            assertThrows(IllegalArgumentException.class, () -> Check.notNegative("A: b", value));
            assertThrows(IllegalArgumentException.class, () -> Check.share("A: b", value));
            assertThrows(IllegalArgumentException.class, () -> Check.probability("A: b", value));
            assertThrows(IllegalArgumentException.class, () -> Check.range("A: b", 1, value));
            assertThrows(IllegalArgumentException.class, () -> Check.range("A: b", value, 1));
        }
    }
}

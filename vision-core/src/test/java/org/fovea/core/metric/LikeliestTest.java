package org.fovea.core.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LikeliestTest {
    private static final float[] VALUES = {9, -3, 2, 5, 5, 1, 8};

    @Test
    void findsTheFirstOfTheLargestAmongThoseAsked() {
        assertEquals(2, Likeliest.of(VALUES, 1, 5));
        assertEquals(0, Likeliest.of(VALUES, 0, VALUES.length));
        assertEquals(6 - 3, Likeliest.of(VALUES, 3, 4));
        assertEquals(0, Likeliest.of(VALUES, 1, 1));
    }
}

package org.fovea.core.backend.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ViewTest {
    private static View dense(int... sizes) {
        return View.dense(Storage.temporary(4096), ElementType.F32, sizes);
    }

    @Test
    void reshapeSplitsAndJoinsAxesThatRunOn() {
        View heads = dense(2, 5, 12).reshape(2, 5, 3, 4);
        assertArrayEquals(new long[] {60, 12, 4, 1}, heads.strides());
        assertArrayEquals(new long[] {12, 1}, heads.reshape(10, 12).strides());
    }

    @Test
    void reshapeKeepsGapsBetweenRows() {
        View part = dense(2, 5, 12).slice(2, 4, 8);
        assertEquals(4, part.offset());
        assertArrayEquals(new long[] {12, 1}, part.reshape(10, 4).strides());
        assertNull(part.reshape(40), "rows with gaps are no single run");
    }

    @Test
    void reshapeOfAPermutationIsNoView() {
        assertNull(dense(2, 3, 4).permute(1, 0, 2).reshape(6, 4));
        assertArrayEquals(
                new long[] {4, 12, 2, 1},
                dense(2, 3, 4).permute(1, 0, 2).reshape(3, 2, 2, 2).strides());
    }

    @Test
    void reshapeLeavesOutAxesOfSizeOne() {
        View token = dense(2, 5, 12).slice(1, 0, 1);
        assertArrayEquals(new int[] {2, 12}, token.reshape(2, 12).sizes());
        assertArrayEquals(new long[] {60, 1}, token.reshape(2, 12).strides());
    }

    @Test
    void isDenseLooksPastAxesOfSizeOne() {
        assertTrue(dense(1, 5, 12).isDense());
        assertTrue(dense(2, 5, 12).slice(0, 1, 2).isDense());
        assertFalse(dense(2, 5, 12).slice(1, 0, 2).isDense());
        assertFalse(dense(2, 5).transposed().isDense());
    }
}

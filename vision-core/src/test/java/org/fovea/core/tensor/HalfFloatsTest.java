package org.fovea.core.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HalfFloatsTest {
    private static final int FINITE = 0x7c00; // halves from 0 up

    @Test
    void everyHalfComesBack() {
        for (int half = -FINITE; half < FINITE; half++) {
            short bits = (short) (half < 0 ? 0x8000 | -half : half);
            assertEquals(bits, HalfFloats.toHalf(HalfFloats.fromHalf(bits)));
        }
    }

    @Test
    void valuesBetweenTakeTheNearestAndTiesTheEvenOne() {
        for (int half = 0; half + 1 < FINITE; half++) {
            float low = HalfFloats.fromHalf((short) half);
            float high = HalfFloats.fromHalf((short) (half + 1));
            float middle = low + (high - low) / 2; // exact
            assertEquals(half + (half & 1), HalfFloats.toHalf(middle));
            assertEquals(half, HalfFloats.toHalf(Math.nextDown(middle)));
            assertEquals(half + 1, HalfFloats.toHalf(Math.nextUp(middle)));
        }
    }

    @Test
    void whatIsTooLargeIsInfiniteAndWhatIsNoNumberStaysNone() {
        assertEquals(65504, HalfFloats.fromHalf(HalfFloats.toHalf(65519)));
        assertEquals(Float.POSITIVE_INFINITY, HalfFloats.fromHalf(HalfFloats.toHalf(65520)));
        assertEquals(Float.NEGATIVE_INFINITY, HalfFloats.fromHalf(HalfFloats.toHalf(Float.NEGATIVE_INFINITY)));
        assertTrue(Float.isNaN(HalfFloats.fromHalf(HalfFloats.toHalf(Float.NaN))));
    }

    @Test
    void tensorKeepsItsShape() {
        Tensor half = Tensor.of(new float[] {1, -2.5f, 0.1f, 1e-9f}, 2, 2).toHalf();
        assertEquals(Shape.of(2, 2), half.shape());
        assertEquals(DType.F16, half.dtype());
        assertArrayEquals(new float[] {1, -2.5f, 0.099975586f, 0}, half.toFloats());
    }
}

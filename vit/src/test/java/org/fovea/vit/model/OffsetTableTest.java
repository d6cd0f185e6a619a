package org.fovea.vit.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.vit.Fixtures;
import org.junit.jupiter.api.Test;

class OffsetTableTest {
    /** The reference's rule: (down + rows - 1)·(2·columns - 1) + right + columns - 1, and the last three rows. */
    @Test
    void rowsOfPairsAreTheReferences() {
        OffsetTable table = new OffsetTable(2, 3);
        assertEquals(Shape.of(3 * 5 + 3, 4), table.shape(4));
        assertEquals(17, table.row(0, 0), "class token to itself");
        assertEquals(15, table.row(0, 4), "class token to a patch");
        assertEquals(16, table.row(4, 0), "a patch to the class token");
        assertEquals(7, table.row(1, 1), "a patch to itself");
        assertEquals(7, table.row(6, 6), "another to itself");
        assertEquals(14, table.row(6, 1), "last patch to first: 1 down, 2 right");
        assertEquals(0, table.row(1, 6), "first patch to last");
        assertEquals(6, table.row(1, 2), "0 down, 1 left");
        assertEquals(12, table.row(4, 1), "1 down, 0 right");
    }

    /** A ramp 10·row + column of 3 by 3 offsets: linear at (i + 0.5)·0.6 - 0.5, held at the borders. */
    @Test
    void offsetsAreResizedLinearlyAndClassPairsKept() {
        float[] ramp = new float[12];
        for (int i = 0; i < 9; i++) {
            ramp[i] = 10 * (i / 3) + i % 3;
        }
        ramp[9] = 70;
        ramp[10] = 80;
        ramp[11] = 90;
        double[] at = {0, 0.4, 1, 1.6, 2};
        float[] expected = new float[3 * 5 + 3];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 5; column++) {
                expected[5 * row + column] = (float) (10 * row + at[column]);
            }
        }
        System.arraycopy(ramp, 9, expected, 15, 3);
        Tensor actual = new OffsetTable(2, 2).resize(Tensor.of(ramp, 12, 1), new OffsetTable(2, 3));
        Fixtures.assertClose("table", Tensor.of(expected, 18, 1), actual, 1e-6);
    }
}

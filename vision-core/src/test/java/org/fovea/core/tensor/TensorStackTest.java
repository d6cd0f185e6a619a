package org.fovea.core.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class TensorStackTest {
    @Test
    void stackFillsUpWithZeros() {
        Tensor one = Tensor.of(new float[] {1, 2}, 1, 2);
        Tensor two = Tensor.of(new float[] {3, 4, 5, 6}, 2, 2);
        Tensor stacked = Tensor.stack(List.of(one, two), 4);
        assertEquals(Shape.of(4, 2), stacked.shape());
        assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6, 0, 0}, stacked.toFloats());
        for (List<Tensor> parts : List.of(
                List.of(two, two, one),
                List.of(one, Tensor.of(new float[] {1, 2, 3}, 1, 3)),
                List.of(one, Tensor.of(new float[] {1, 2}, 2)),
                List.of(one, Tensor.of(new int[] {1, 2}, 1, 2)))) {
            assertThrows(IllegalArgumentException.class, () -> Tensor.stack(parts, 4));
        }
    }

    @Test
    void rowsShareTheMemory() {
        Tensor whole = Tensor.of(new float[] {0, 1, 2, 3, 4, 5}, 3, 2);
        Tensor last = whole.rows(1, 3);
        assertEquals(Shape.of(2, 2), last.shape());
        whole.buffer().putFloat(5 * Float.BYTES, 9);
        assertArrayEquals(new float[] {2, 3, 4, 9}, last.toFloats());
        assertEquals(0, whole.rows(3, 3).toFloats().length);
        assertThrows(IndexOutOfBoundsException.class, () -> whole.rows(1, 4));
    }
}

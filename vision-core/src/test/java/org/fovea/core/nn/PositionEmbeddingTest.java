package org.fovea.core.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Initializers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PositionEmbeddingTest {
    /** Weights of cubic convolution half way between two values, a = -0.75. */
    private static final float NEAR = 0.59375f;

    private static final float FAR = -0.09375f;

    @Test
    void twoColumnsBecomeOneByTheirMean() {
        Tensor positions = Tensor.of(new float[] {9, 1, 3}, 1, 3, 1); // a prefix, then one row of two columns
        Tensor out = new PositionEmbedding(1, 1, 2)
                .resize(positions, new PositionEmbedding(1, 1, 1), PositionResize.BICUBIC);
        assertArrayEquals(new float[] {9, 2}, out.toFloats(), 1e-6f);
    }

    @Test
    void fourRowsBecomeTwoByHand() {
        float[] p = {1, 2, 4, 8};
        Tensor positions = Tensor.of(p, 1, 4, 1);
        Tensor out = new PositionEmbedding(0, 4, 1)
                .resize(positions, new PositionEmbedding(0, 2, 1), PositionResize.BICUBIC);
        float upper = FAR * p[0] + NEAR * p[0] + NEAR * p[1] + FAR * p[2]; // the edge repeats
        float lower = FAR * p[1] + NEAR * p[2] + NEAR * p[3] + FAR * p[3];
        assertArrayEquals(new float[] {upper, lower}, out.toFloats(), 1e-6f);
    }

    @ParameterizedTest
    @EnumSource
    void flatGridsStayFlat(PositionResize how) {
        float[] all = new float[2 * (1 + 5 * 3)];
        for (int i = 0; i < all.length; i++) {
            all[i] = i % 2 == 0 ? 7 : -2;
        }
        Tensor out =
                new PositionEmbedding(1, 5, 3).resize(Tensor.of(all, 1, 16, 2), new PositionEmbedding(1, 2, 9), how);
        assertEquals(Shape.of(1, 19, 2), out.shape());
        assertArrayEquals(Arrays.copyOf(cycle(7, -2, 38), 38), out.toFloats(), 1e-5f);
    }

    private static float[] cycle(float a, float b, int count) {
        float[] out = new float[count];
        for (int i = 0; i < count; i++) {
            out[i] = i % 2 == 0 ? a : b;
        }
        return out;
    }

    @Test
    void rowsAndColumnsAreNotConfused() {
        Tensor positions = Initializers.truncatedNormal(1).create("positions", Shape.of(1, 12, 2), 1);
        PositionEmbedding from = new PositionEmbedding(0, 3, 4);
        float[] wide = from.resize(positions, new PositionEmbedding(0, 3, 8), PositionResize.BICUBIC)
                .toFloats();
        for (int row = 0; row < 3; row++) { // each row is resized by itself
            float[] one = Arrays.copyOfRange(positions.toFloats(), row * 8, (row + 1) * 8);
            float[] expected = new PositionEmbedding(0, 1, 4)
                    .resize(Tensor.of(one, 1, 4, 2), new PositionEmbedding(0, 1, 8), PositionResize.BICUBIC)
                    .toFloats();
            assertArrayEquals(expected, Arrays.copyOfRange(wide, row * 16, (row + 1) * 16), 1e-6f);
        }
    }

    @Test
    void sameGridIsLeftAsItIs() {
        Tensor positions = Tensor.of(new float[5], 1, 5, 1);
        PositionEmbedding grid = new PositionEmbedding(1, 2, 2);
        assertSame(positions, grid.resize(positions, grid, PositionResize.BICUBIC));
    }

    @Test
    void wrongShapeIsNamed() {
        String message = assertThrows(IllegalArgumentException.class, () -> new PositionEmbedding(1, 2, 2)
                        .resize(
                                Tensor.of(new float[4], 1, 4, 1),
                                new PositionEmbedding(1, 1, 1),
                                PositionResize.BICUBIC))
                .getMessage();
        assertTrue(
                message.contains("positions must be [1, 5, width] and both prefixes equal, got F32 [1, 4, 1]"),
                message);
    }
}

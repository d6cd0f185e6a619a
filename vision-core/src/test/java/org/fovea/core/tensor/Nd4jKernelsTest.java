package org.fovea.core.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class Nd4jKernelsTest {
    @Test
    void rowSumsKeepSevenDigitsOfALongFloatRow() {
        INDArray sums = Nd4jKernels.rowSums(Nd4j.valueArrayOf(new long[] {1, 1 << 22}, 0.1, DataType.FLOAT));
        assertEquals(0.1f * (double) (1 << 22), sums.getDouble(0), 0.05);
    }

    @Test
    void repeatPutsCopiesAlongTheMiddleAxis() {
        INDArray x = Nd4j.createFromArray(1.0, 2, 3, 4);
        assertArrayEquals(
                new double[] {1, 2, 1, 2, 1, 2, 3, 4, 3, 4, 3, 4}, Nd4jTensors.doubles(Nd4jKernels.repeat(x, 2, 3, 2)));
        assertArrayEquals(new double[] {1, 1, 2, 2, 3, 3, 4, 4}, Nd4jTensors.doubles(Nd4jKernels.repeat(x, 4, 2, 1)));
        assertArrayEquals(new double[] {1, 2, 3, 4, 1, 2, 3, 4}, Nd4jTensors.doubles(Nd4jKernels.repeat(x, 1, 2, 4)));
    }

    @Test
    void productReadsEitherOperandTransposed() {
        Random random = new Random(1);
        int m = 3;
        int k = 17;
        int n = 5;
        double[] a = random.doubles((long) m * k).toArray();
        double[] b = random.doubles((long) k * n).toArray();
        double[] expected = new double[m * n];
        for (int i = 0; i < m * n; i++) {
            for (int l = 0; l < k; l++) {
                expected[i] += a[i / n * k + l] * b[l * n + i % n];
            }
        }
        INDArray left = Nd4j.create(a, new long[] {m, k}, DataType.DOUBLE);
        INDArray right = Nd4j.create(b, new long[] {k, n}, DataType.DOUBLE);
        for (int flags = 0; flags < 4; flags++) {
            boolean tA = (flags & 1) != 0;
            boolean tB = (flags & 2) != 0;
            INDArray out = Nd4jKernels.product(
                    tA ? left.transpose().dup('c') : left,
                    tB ? right.transpose().dup('c') : right,
                    tA,
                    tB);
            assertArrayEquals(expected, Nd4jTensors.doubles(out), 1e-12, "flags " + flags);
        }
    }

    @Test
    void erfOfDoublesIsExact() {
        double[] x = {-3, -0.3, 0, 1e-9, 0.46, 0.48, 2, 5};
        assertArrayEquals(
                Arrays.stream(x).map(Erf::erf).toArray(),
                Nd4jTensors.doubles(Nd4jKernels.erf(Nd4j.createFromArray(x))));
    }
}

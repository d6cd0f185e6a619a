package org.fovea.core.tensor;

import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Array functions that ND4J 1.0.0-M2.1 has wrong or slow, done by means that are sound on every ND4J backend.
 *
 * <p>Operands are row-major arrays without gaps; results are new ones, the caller's to close.
 */
public final class Nd4jKernels {
    /** Length up to which a sequential float32 sum is accurate to seven digits. */
    private static final int EXACT_SUM_LENGTH = 64;

    private Nd4jKernels() {}

    /**
     * The matrix product a·b, {@code [m, k]·[k, n]}, each operand optionally read transposed.
     *
     * <p>BLAS writes column-major: asking for bᵀ·aᵀ into the transpose of a row-major result avoids the copy that {@code mmul}
     * makes (5 ms of 14 for 1576x768x768).
     */
    public static INDArray product(INDArray a, INDArray b, boolean transposeA, boolean transposeB) {
        long rows = a.size(transposeA ? 1 : 0);
        long columns = b.size(transposeB ? 0 : 1);
        INDArray out = Nd4j.createUninitialized(a.dataType(), rows, columns); // [m, n]
        INDArray left = transposeB ? b : b.transpose(); // [n, k]
        INDArray right = transposeA ? a : a.transpose(); // [k, m]
        left.mmuli(right, out.transpose());
        return out;
    }

    /**
     * The products of two stacks of matrices, {@code [B, m, k]·[B, k, n]}, each optionally read transposed; {@code [B, m,
     * n]}, or {@code [m, n]} for a stack of one.
     */
    public static INDArray products(INDArray a, INDArray b, boolean transposeA, boolean transposeB) {
        if (a.size(0) == 1) {
            return product(matrix(a), matrix(b), transposeA, transposeB);
        }
        return Nd4j.matmul(a, b, null, transposeA, transposeB, false);
    }

    private static INDArray matrix(INDArray stack) {
        return stack.reshape('c', true, stack.size(1), stack.size(2));
    }

    /**
     * The sum of each row of {@code [rows, n]}; {@code [rows]}.
     *
     * <p>ND4J adds float32 sequentially (2^22 times 0.1 gives 412,270 instead of 419,430), so long rows are added in double
     * precision. ND4J's sum of rows of one element would be a view of its operand, not a new array.
     */
    public static INDArray rowSums(INDArray x) {
        if (x.size(1) == 1) {
            return column(x);
        }
        if (x.dataType() != DataType.FLOAT || x.size(1) <= EXACT_SUM_LENGTH) {
            return x.sum(1);
        }
        INDArray wide = x.castTo(DataType.DOUBLE);
        INDArray sums = wide.sum(1);
        INDArray out = sums.castTo(DataType.FLOAT);
        Nd4jTensors.free(wide);
        Nd4jTensors.free(sums);
        return out;
    }

    /** Maximum of each row of {@code [rows, n]}; {@code [rows]}; see {@link #rowSums} on rows of one element. */
    public static INDArray rowMaxima(INDArray x) {
        return x.size(1) == 1 ? column(x) : x.max(1);
    }

    private static INDArray column(INDArray x) {
        return x.reshape('c', true, x.length()).dup();
    }

    /**
     * Repeats {@code [p, 1, q]} along the middle axis, to {@code [p, n, q]}.
     *
     * <p>ND4J's {@code broadcast} and {@code tile} are slow, and {@code assign} of a smaller array fills in only part
     * without an error.
     */
    public static INDArray repeat(INDArray x, long p, long n, long q) {
        DataType type = x.dataType();
        if (p == 1) {
            return Nd4j.zeros(type, n, q).addiRowVector(x.reshape(q));
        }
        INDArray columns = Nd4j.zeros(type, p * q, n).addiColumnVector(x.reshape(p * q)); // [p·q, n]
        if (q == 1) {
            return columns;
        }
        INDArray out = columns.reshape(p, q, n).permute(0, 2, 1).dup('c'); // [p, n, q]
        Nd4jTensors.free(columns);
        return out;
    }

    /** Error function of each element of a vector; in full precision for double arrays, where ND4J's has errors of 2e-8. */
    public static INDArray erf(INDArray x) {
        if (x.dataType() == DataType.FLOAT) {
            return Nd4j.getExecutioner()
                    .exec(new org.nd4j.linalg.api.ops.impl.transforms.strict.Erf(
                            x, x.ulike())); // Nd4j.math().erf overwrites its operand
        }
        double[] values = Nd4jTensors.doubles(x);
        IntStream.range(0, values.length).parallel().forEach(i -> values[i] = Erf.erf(values[i]));
        return Nd4j.createFromArray(values);
    }
}

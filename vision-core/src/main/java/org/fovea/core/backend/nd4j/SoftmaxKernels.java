package org.fovea.core.backend.nd4j;

import java.util.List;
import org.fovea.core.graph.CrossEntropy;
import org.fovea.core.graph.LogSoftmax;
import org.fovea.core.graph.Softmax;
import org.fovea.core.graph.SoftmaxGradient;
import org.fovea.core.tensor.Nd4jKernels;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Softmax, its logarithm and the loss made of it, over the rows of matrices. */
final class SoftmaxKernels {
    private SoftmaxKernels() {}

    static INDArray softmax(Softmax op, Call call) {
        return back(
                call, op.axis(), softmaxRows(call, axisLast(call, 0, op.axis()).dup()));
    }

    static INDArray gradient(SoftmaxGradient op, Call call) {
        INDArray dx = gradientRows(call, axisLast(call, 0, op.axis()), axisLast(call, 1, op.axis()));
        return back(call, op.axis(), dx);
    }

    static INDArray logSoftmax(LogSoftmax op, Call call) {
        return back(call, op.axis(), logSoftmaxRows(call, axisLast(call, 0, op.axis())));
    }

    static INDArray crossEntropy(CrossEntropy op, Call call) {
        INDArray terms = call.temp(logSoftmaxRows(call, call.view(0))).muli(call.view(1)); // [B, K]
        return Nd4jKernels.rowSums(terms).negi();
    }

    /** Replaces scores by their softmax; a row of only -∞ becomes zeros. */
    static INDArray softmaxRows(Call call, INDArray x) {
        x.subiColumnVector(peaks(call, x));
        Transforms.exp(x, false);
        INDArray sums = call.temp(Nd4jKernels.rowSums(x));
        INDArray none = call.temp(call.temp(sums.eq(0)).castTo(call.real())); // 1 in rows where every element was -∞
        return x.diviColumnVector(sums.addi(none));
    }

    /** Derivative y·(dy - Σ y·dy), a new array. */
    static INDArray gradientRows(Call call, INDArray y, INDArray dy) {
        INDArray sums = call.temp(Nd4jKernels.rowSums(call.temp(y.mul(dy))));
        return dy.subColumnVector(sums).muli(y);
    }

    private static INDArray logSoftmaxRows(Call call, INDArray x) {
        INDArray shifted = x.subColumnVector(peaks(call, x));
        INDArray sums = call.temp(Nd4jKernels.rowSums(call.temp(Transforms.exp(shifted, true))));
        return shifted.subiColumnVector(Transforms.log(sums, false));
    }

    /** Maximum of each row; the lowest finite number where it is -∞, since -∞ minus itself is NaN. */
    private static INDArray peaks(Call call, INDArray x) {
        double lowest = call.real() == DataType.DOUBLE ? -Double.MAX_VALUE : -Float.MAX_VALUE;
        return Transforms.max(call.temp(Nd4jKernels.rowMaxima(x)), lowest, false);
    }

    /** Operand as a matrix whose rows run along the axis: a view, or a temporary of the call. */
    private static INDArray axisLast(Call call, int operand, int axis) {
        return ReduceKernels.rows(call, call.vector(operand), call.shape(operand), List.of(axis));
    }

    /** Inverse of {@link #axisLast}, for a new matrix. */
    private static INDArray back(Call call, int axis, INDArray rows) {
        INDArray split = LayoutKernels.split(call, 0, axis); // [p, n, q]
        if (split.size(2) == 1) {
            return rows;
        }
        return call.temp(rows)
                .reshape('c', true, split.size(0), split.size(2), split.size(1))
                .permute(0, 2, 1)
                .dup('c');
    }
}

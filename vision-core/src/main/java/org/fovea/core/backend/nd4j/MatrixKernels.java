package org.fovea.core.backend.nd4j;

import org.fovea.core.graph.Linear;
import org.fovea.core.graph.MatMul;
import org.fovea.core.tensor.Nd4jKernels;
import org.fovea.core.tensor.Shape;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Matrix products. */
final class MatrixKernels {
    private MatrixKernels() {}

    static INDArray linear(Linear op, Call call) {
        INDArray y = Nd4jKernels.product(call.rows(0), call.view(1), false, true); // [rows, out]
        return call.operandCount() == 3 ? y.addiRowVector(call.vector(2)) : y;
    }

    static INDArray matmul(MatMul op, Call call) {
        Shape a = call.shape(0);
        Shape b = call.shape(1);
        if (b.rank() == 2 && !op.transposeA()) {
            return Nd4jKernels.product(call.rows(0), call.view(1), false, op.transposeB());
        }
        return Nd4jKernels.products(stack(call, 0, a), stack(call, 1, b), op.transposeA(), op.transposeB());
    }

    /** Operand as [batch, rows, columns], repeated along the batch axes of the result. */
    private static INDArray stack(Call call, int operand, Shape shape) {
        int rows = shape.dim(-2);
        int columns = shape.dim(-1);
        int[] to = call.result(0).toArray();
        to[to.length - 2] = rows;
        to[to.length - 1] = columns;
        Shape full = Shape.of(to);
        INDArray all = Broadcasting.expand(call, call.vector(operand), shape, full);
        return all.reshape('c', true, full.size() / rows / columns, rows, columns);
    }
}

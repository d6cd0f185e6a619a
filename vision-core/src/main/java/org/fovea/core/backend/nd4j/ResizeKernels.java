package org.fovea.core.backend.nd4j;

import java.util.Arrays;
import org.fovea.core.graph.Resize2d;
import org.fovea.core.graph.Resize2dGradient;
import org.fovea.core.graph.ResizeMatrix;
import org.fovea.core.tensor.Nd4jKernels;
import org.fovea.core.tensor.Shape;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Resizing as two products with the matrices of {@link ResizeMatrix}, and its transpose. */
final class ResizeKernels {
    private ResizeKernels() {}

    static INDArray resize(Resize2d op, Call call) {
        Shape x = call.shape(0);
        INDArray down = matrix(call, op, x.dim(2), op.height()); // [h, H]
        INDArray across = matrix(call, op, x.dim(3), op.width()); // [w, W]
        return apply(call, x, down, across, true);
    }

    static INDArray gradient(Resize2dGradient op, Call call) {
        INDArray down = matrix(call, op.forward(), op.height(), op.forward().height());
        INDArray across = matrix(call, op.forward(), op.width(), op.forward().width());
        return apply(call, call.shape(0), down, across, false);
    }

    private static INDArray matrix(Call call, Resize2d op, int in, int out) {
        double[] values = Arrays.stream(ResizeMatrix.of(op, in, out))
                .flatMapToDouble(Arrays::stream)
                .toArray();
        return call.temp(call.make(values, out, in));
    }

    /** Multiplies rows, then columns, by the matrices or, in the backward pass, by their transposes. */
    private static INDArray apply(Call call, Shape x, INDArray down, INDArray across, boolean forward) {
        long planes = (long) x.dim(0) * x.dim(1);
        INDArray wide = call.temp(Nd4jKernels.product(call.rows(0), across, false, forward)); // [B·C·H, w]
        long width = wide.size(1);
        INDArray turned = call.temp(wide.reshape('c', true, planes, x.dim(2), width)
                        .permute(0, 2, 1)
                        .dup('c'))
                .reshape('c', true, planes * width, x.dim(2)); // [B·C·w, H]
        INDArray both = call.temp(Nd4jKernels.product(turned, down, false, forward)); // [B·C·w, h]
        return both.reshape('c', true, planes, width, both.size(1))
                .permute(0, 2, 1)
                .dup('c'); // [B·C, h, w]
    }
}

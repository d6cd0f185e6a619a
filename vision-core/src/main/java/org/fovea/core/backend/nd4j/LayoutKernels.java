package org.fovea.core.backend.nd4j;

import java.util.ArrayList;
import java.util.List;
import org.fovea.core.graph.Broadcast;
import org.fovea.core.graph.Concat;
import org.fovea.core.graph.Pad;
import org.fovea.core.graph.Permute;
import org.fovea.core.graph.Slice;
import org.fovea.core.tensor.Shape;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Moves elements without computing; of real numbers or indices. */
final class LayoutKernels {
    private LayoutKernels() {}

    static INDArray permute(Permute op, Call call) {
        if (op.axes().isEmpty()) {
            return call.vector(0).dup();
        }
        return call.view(0)
                .permute(op.axes().stream().mapToInt(i -> i).toArray())
                .dup('c');
    }

    static INDArray slice(Slice op, Call call) {
        return part(split(call, 0, op.axis()), op.begin(), op.end()).dup('c');
    }

    static INDArray pad(Pad op, Call call) {
        INDArray x = split(call, 0, op.axis()); // [p, n, q]
        INDArray y = call.zeros(x.size(0), op.before() + x.size(1) + op.after(), x.size(2));
        part(y, op.before(), op.before() + x.size(1)).assign(x);
        return y;
    }

    static INDArray concat(Concat op, Call call) {
        List<INDArray> parts = new ArrayList<>();
        for (int i = 0; i < call.operandCount(); i++) {
            if (call.vector(i) != null) {
                parts.add(split(call, i, op.axis()));
            }
        }
        return parts.size() == 1 ? parts.get(0).dup('c') : Nd4j.concat(1, parts.toArray(INDArray[]::new));
    }

    static INDArray broadcast(Broadcast op, Call call) {
        return Broadcasting.expand(call, call.vector(0), call.shape(0), op.shape())
                .dup('c');
    }

    /** Operand as [axes before, axis, axes after]. */
    static INDArray split(Call call, int operand, int axis) {
        Shape x = call.shape(operand);
        long before = 1;
        for (int i = 0; i < axis; i++) {
            before *= x.dim(i);
        }
        return call.view(operand, before, x.dim(axis), x.size() / before / x.dim(axis));
    }

    /** Part of the middle axis, a view. */
    static INDArray part(INDArray x, long begin, long end) {
        return x.get(NDArrayIndex.all(), NDArrayIndex.interval(begin, end), NDArrayIndex.all());
    }
}

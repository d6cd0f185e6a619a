package org.fovea.core.backend.nd4j;

import java.util.ArrayList;
import java.util.List;
import org.fovea.core.graph.Concat;
import org.fovea.core.graph.Conv2d;
import org.fovea.core.graph.Gather;
import org.fovea.core.graph.Linear;
import org.fovea.core.graph.Op;
import org.fovea.core.graph.ScatterUpdate;
import org.fovea.core.tensor.Nd4jKernels;
import org.fovea.core.tensor.Shape;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Operations with results to give although an operand has no elements: every such result is a sum of nothing, but for
 * the ones named here.
 */
final class EmptyOperands {
    private EmptyOperands() {}

    static List<INDArray> run(Op op, Call call) {
        if (op instanceof Concat concat) {
            return List.of(LayoutKernels.concat(concat, call));
        }
        if (op instanceof ScatterUpdate update) {
            return List.of(GatherKernels.scatterUpdate(update, call));
        }
        if (op instanceof Gather gather) {
            GatherKernels.checkIndices(call, call.shape(0).dim(gather.axis()));
        }
        List<INDArray> out = new ArrayList<>();
        for (int i = 0; i < call.resultCount(); i++) {
            out.add(
                    call.result(i).size() == 0
                            ? null
                            : call.zeros(call.result(i).toLongs()));
        }
        boolean biased = (op instanceof Linear || op instanceof Conv2d) && call.operandCount() == 3;
        if (biased && call.vector(2) != null) {
            return List.of(bias(op, call, out.get(0)));
        }
        return out;
    }

    private static INDArray bias(Op op, Call call, INDArray zeros) {
        call.temp(zeros);
        Shape y = call.result(0);
        if (op instanceof Linear) {
            return Nd4jKernels.repeat(call.vector(2), 1, y.size() / y.dim(-1), y.dim(-1));
        }
        long places = (long) y.dim(2) * y.dim(3);
        INDArray channels = call.temp(Nd4jKernels.repeat(call.vector(2), 1, y.dim(0), y.dim(1))); // [B, O]
        return Nd4jKernels.repeat(channels, (long) y.dim(0) * y.dim(1), places, 1);
    }
}

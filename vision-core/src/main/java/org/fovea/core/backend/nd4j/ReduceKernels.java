package org.fovea.core.backend.nd4j;

import java.util.List;
import java.util.stream.IntStream;
import org.fovea.core.graph.ArgMax;
import org.fovea.core.graph.Reduce;
import org.fovea.core.tensor.Nd4jKernels;
import org.fovea.core.tensor.Shape;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Many elements into one. */
final class ReduceKernels {
    private ReduceKernels() {}

    static INDArray reduce(Reduce op, Call call) {
        INDArray rows = rows(call, call.vector(0), call.shape(0), op.axes()); // [kept, reduced]
        return switch (op.kind()) {
            case SUM -> Nd4jKernels.rowSums(rows);
            case MEAN -> Nd4jKernels.rowSums(rows).divi(rows.size(1));
            case MAX -> Nd4jKernels.rowMaxima(rows);
        };
    }

    /** Moves the given axes of x behind the others: a matrix [others, axes], a view or a temporary of the call. */
    static INDArray rows(Call call, INDArray x, Shape shape, List<Integer> axes) {
        int rank = shape.rank();
        int[] kept = IntStream.range(0, rank).filter(i -> !axes.contains(i)).toArray();
        int[] order = IntStream.concat(
                        IntStream.of(kept), IntStream.range(0, rank).filter(axes::contains))
                .toArray();
        long width = 1;
        for (int axis : axes) {
            width *= shape.dim(axis);
        }
        boolean moved = !IntStream.range(0, rank).allMatch(i -> order[i] == i);
        INDArray sorted = moved
                ? call.temp(x.reshape('c', true, shape.toLongs()).permute(order).dup('c'))
                : x;
        return sorted.reshape('c', true, shape.size() / width, width);
    }

    /** Finds the indices on the host: the first of equal elements, whatever the number of threads. */
    static INDArray argMax(ArgMax op, Call call) {
        double[] x = call.doubles(0);
        int n = call.shape(0).dim(op.axis());
        int after = 1;
        for (int i = op.axis() + 1; i < call.shape(0).rank(); i++) {
            after *= call.shape(0).dim(i);
        }
        int[] y = new int[x.length / n];
        for (int i = 0; i < y.length; i++) {
            int start = i / after * n * after + i % after;
            for (int k = 1; k < n; k++) {
                if (x[start + k * after] > x[start + y[i] * after]) {
                    y[i] = k;
                }
            }
        }
        return Nd4j.createFromArray(y);
    }
}

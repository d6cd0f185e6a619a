package org.fovea.core.backend.nd4j;

import org.fovea.core.graph.Gather;
import org.fovea.core.graph.ScatterAdd;
import org.fovea.core.graph.ScatterUpdate;
import org.fovea.core.tensor.Shape;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Picking by index and its transpose. */
final class GatherKernels {
    private GatherKernels() {}

    static INDArray gather(Gather op, Call call) {
        Shape x = call.shape(0);
        int n = x.dim(op.axis());
        int[] index = checkIndices(call, n);
        INDArray source = LayoutKernels.split(call, 0, op.axis()); // [p, n, q]
        int before = (int) source.size(0);
        int[] rows = new int[before * index.length];
        for (int p = 0; p < before; p++) {
            for (int i = 0; i < index.length; i++) {
                rows[p * index.length + i] = p * n + index[i];
            }
        }
        return Nd4j.pullRows(source.reshape('c', true, source.size(0) * n, source.size(2)), 1, rows);
    }

    /** Adds on the host, where repeated indices need no synchronization. */
    static INDArray scatterAdd(ScatterAdd op, Call call) {
        int[] index = checkIndices(call, op.size());
        double[] u = call.doubles(0);
        Shape y = call.result(0);
        double[] out = new double[(int) y.size()];
        int after = 1;
        for (int i = op.axis() + 1; i < y.rank(); i++) {
            after *= y.dim(i);
        }
        int before = (int) (y.size() / op.size() / after);
        int from = 0;
        for (int p = 0; p < before; p++) {
            for (int i : index) {
                int to = (p * op.size() + i) * after;
                for (int q = 0; q < after; q++) {
                    out[to + q] += u[from++];
                }
            }
        }
        return call.make(out, out.length);
    }

    /** Updates on the host; runs of consecutive indices are copied together. */
    static INDArray scatterUpdate(ScatterUpdate op, Call call) {
        int[] index = checkIndices(call, call.shape(0).dim(op.axis()));
        INDArray y = LayoutKernels.split(call, 0, op.axis()).dup('c'); // [p, n, q]
        if (index.length == 0) {
            return y;
        }
        INDArray rows = call.view(2, y.size(0), index.length, y.size(2));
        for (int i = 0; i < index.length; ) {
            int end = i + 1;
            while (end < index.length && index[end] == index[end - 1] + 1) {
                end++;
            }
            LayoutKernels.part(y, index[i], index[end - 1] + 1).assign(LayoutKernels.part(rows, i, end));
            i = end;
        }
        return y;
    }

    /** Indices, the second operand, checked against the size of the indexed axis. */
    static int[] checkIndices(Call call, int size) {
        int[] index = call.ints(1);
        for (int i = 0; i < index.length; i++) {
            if (index[i] < 0 || index[i] >= size) {
                throw new IllegalArgumentException(call.label() + ": every index must lie in [0, " + size + "), got "
                        + index[i] + " at position " + i);
            }
        }
        return index;
    }
}

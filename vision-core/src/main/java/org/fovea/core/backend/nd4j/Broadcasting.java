package org.fovea.core.backend.nd4j;

import java.util.ArrayList;
import java.util.List;
import org.fovea.core.tensor.Nd4jKernels;
import org.fovea.core.tensor.Shape;
import org.nd4j.linalg.api.ndarray.INDArray;

/** NumPy's broadcasting rule on row-major vectors: repeating along axes, and its transpose, summing over them. */
final class Broadcasting {
    private Broadcasting() {}

    /** Returns whether {@code from} repeats along leading axes only, so that its elements are a row common to all rows. */
    static boolean isRow(Shape from, Shape to) {
        int width = trailing(from, to);
        return from.size() == product(to, to.rank() - width, to.rank());
    }

    /** Returns whether {@code from} repeats along trailing axes only. */
    static boolean isColumn(Shape from, Shape to) {
        int repeated = 0;
        while (repeated < from.rank() && from.dim(-1 - repeated) == 1) {
            repeated++;
        }
        return from.size() == product(to, 0, to.rank() - repeated) && from.rank() == to.rank();
    }

    private static int trailing(Shape from, Shape to) {
        int width = 0;
        while (width < from.rank() && from.dim(-1 - width) == to.dim(-1 - width)) {
            width++;
        }
        return width;
    }

    private static long product(Shape shape, int begin, int end) {
        long out = 1;
        for (int i = begin; i < end; i++) {
            out *= shape.dim(i);
        }
        return out;
    }

    /** Elements of {@code x} repeated to a larger shape: a temporary of the call, or x itself if nothing repeats. */
    static INDArray expand(Call call, INDArray x, Shape from, Shape to) {
        int extra = to.rank() - from.rank();
        int[] sizes = new int[to.rank()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = i < extra ? 1 : from.dim(i - extra);
        }
        INDArray out = x;
        for (int end = sizes.length; end > 0; end--) {
            if (sizes[end - 1] == to.dim(end - 1)) {
                continue;
            }
            int begin = end - 1;
            while (begin > 0 && sizes[begin - 1] == 1) {
                begin--;
            }
            long before = product(Shape.of(sizes), 0, begin);
            long after = product(Shape.of(sizes), end, sizes.length);
            out = call.temp(Nd4jKernels.repeat(out, before, product(to, begin, end), after));
            System.arraycopy(to.toArray(), begin, sizes, begin, end - begin);
            end = begin + 1;
        }
        return out.reshape('c', true, out.length());
    }

    /** Sums over the axes along which {@code to} repeats to {@code from}: a new array, or x itself. */
    static INDArray reduce(Call call, INDArray x, Shape from, Shape to) {
        List<Integer> axes = new ArrayList<>();
        int extra = from.rank() - to.rank();
        for (int i = 0; i < from.rank(); i++) {
            if (i < extra || to.dim(i - extra) != from.dim(i)) {
                axes.add(i);
            }
        }
        return axes.isEmpty() ? x : Nd4jKernels.rowSums(ReduceKernels.rows(call, x, from, axes));
    }
}

package org.fovea.core.backend.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.dnnl.reduction;
import org.fovea.core.graph.Node;
import org.fovea.core.graph.Reduce;
import org.fovea.core.graph.ReduceKind;
import org.fovea.core.graph.Value;

/**
 * Sums, means and maxima over axes, one run of neighboring axes after the other, the innermost first.
 *
 * <p>oneDNN's reduction is fast over the innermost axis alone; over others a sum is a product with a row of ones, and a
 * maximum a loop.
 */
final class ReductionLowering {
    private ReductionLowering() {}

    static void reduce(Lowering to, Node node) {
        Reduce op = (Reduce) node.op();
        Value out = node.outputs().get(0);
        View x = to.of(node.input(0));
        if (out.shape().size() == 0) {
            to.result(out);
            return;
        }
        if (x.count() == 0) {
            Loops.fill(to, to.result(out), 0);
            return;
        }
        boolean sums = op.kind() == ReduceKind.SUM;
        if (!sums) {
            x = to.as(ElementType.F32, x);
        }
        View packed = x.isPacked() ? x : to.dense(x);
        int[] order = packed.memoryOrder();
        boolean[] reduced = new boolean[order.length];
        for (int i = 0; i < order.length; i++) {
            reduced[i] = op.axes().contains(order[i]);
        }
        View result = inMemoryOrder(to, op.kind(), packed.permute(order), reduced);
        int[] back = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            back[order[i]] = i;
        }
        View kept = to.as(ElementType.F32, result.permute(back));
        View y = kept.reshape(out.shape().toArray());
        to.bind(out, y != null ? y : to.dense(kept).reshape(out.shape().toArray()));
    }

    /** Sum of a dense view over some axes, which have size 1 in the result; the view itself if they have size 1 already. */
    static View sum(Lowering to, View x, boolean[] reduced) {
        return inMemoryOrder(to, ReduceKind.SUM, x, reduced);
    }

    /** Reduces a dense view; the result has size 1 in the reduced axes. */
    private static View inMemoryOrder(Lowering to, ReduceKind kind, View x, boolean[] reduced) {
        int[] sizes = x.sizes().clone();
        View at = x;
        int end = sizes.length;
        while (end > 0) {
            if (!reduced[end - 1]) {
                end--;
                continue;
            }
            int begin = end;
            while (begin > 0 && reduced[begin - 1]) {
                begin--;
            }
            int outer = product(sizes, 0, begin);
            int count = product(sizes, begin, end);
            int inner = product(sizes, end, sizes.length);
            Arrays.fill(sizes, begin, end, 1);
            if (count > 1) {
                at = stage(
                        to,
                        kind,
                        View.dense(at.storage(), at.type(), outer, count, inner).at(at.offset()));
            }
            end = begin;
        }
        return View.dense(at.storage(), at.type(), sizes).at(at.offset());
    }

    private static int product(int[] sizes, int begin, int end) {
        return Math.toIntExact(Arrays.stream(sizes, begin, end).asLongStream().reduce(1, Math::multiplyExact));
    }

    /** Reduces {@code [outer, count, inner]} to {@code [outer, 1, inner]}. */
    private static View stage(Lowering to, ReduceKind kind, View x) {
        int outer = x.sizes()[0];
        int count = x.sizes()[1];
        int inner = x.sizes()[2];
        View y = to.temporary(ElementType.F32, outer, 1, inner);
        if (inner == 1) {
            innermost(to, kind, to.as(ElementType.F32, x).reshape(outer, count), y.reshape(outer, 1));
        } else if (kind == ReduceKind.MAX) {
            to.loop(m -> largest(m.floats(0), m.floats(1), count, inner), x, y);
        } else {
            float[] weights = new float[count];
            Arrays.fill(weights, kind == ReduceKind.MEAN ? 1f / count : 1);
            View row = to.as(x.type(), to.constant(weights, 1, count));
            if (outer == 1) {
                MatMulLowering.product(to, row, x.reshape(count, inner), y.reshape(1, inner));
            } else {
                MatMulLowering.product(to, row.reshape(1, 1, count), x, y);
            }
        }
        return y;
    }

    /** Reduction by oneDNN, {@code [rows, count]} to {@code [rows, 1]}. */
    private static void innermost(Lowering to, ReduceKind kind, View x, View y) {
        algorithm function =
                switch (kind) {
                    case SUM -> algorithm.reduction_sum;
                    case MEAN -> algorithm.reduction_mean;
                    case MAX -> algorithm.reduction_max;
                };
        var description = new reduction.primitive_desc(
                to.runtime.engine, function, x.desc(), y.desc(), 0f, 0f, Lowering.attributes(), false);
        to.step(description, Step.Arg.of(DNNL_ARG_SRC, x), Step.Arg.of(DNNL_ARG_DST, y));
    }

    private static void largest(FloatBuffer x, FloatBuffer y, int count, int inner) {
        for (int first = 0, at = 0; first < x.capacity(); first += count * inner, at += inner) {
            for (int c = 0; c < inner; c++) {
                y.put(at + c, x.get(first + c));
            }
            for (int i = 1; i < count; i++) {
                for (int c = 0; c < inner; c++) {
                    y.put(at + c, Math.max(y.get(at + c), x.get(first + i * inner + c)));
                }
            }
        }
    }
}

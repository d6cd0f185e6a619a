package org.fovea.core.backend.nd4j;

import java.util.ArrayList;
import java.util.List;
import org.fovea.core.graph.Attention;
import org.fovea.core.graph.AttentionGradient;
import org.fovea.core.tensor.Nd4jKernels;
import org.fovea.core.tensor.Nd4jTensors;
import org.fovea.core.tensor.Shape;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Scaled dot-product attention over stacks [B·heads, ...] of matrices. */
final class AttentionKernels {
    /** Maximum number of scores held at the same time if the weights are not an output: 64 MB of float32. */
    private static final long SCORES_AT_ONCE = 1L << 24;

    private AttentionKernels() {}

    static List<INDArray> attention(Attention op, Call call) {
        INDArray q = stack(call, 0); // [S, N, D]
        INDArray k = stack(call, 1); // [S, M, D]
        INDArray v = stack(call, 2); // [S, M, E]
        INDArray mask = op.masked() ? mask(call) : null; // [S·N, M]
        long scores = q.size(1) * k.size(1);
        boolean wanted = call.isRead(1);
        if (wanted || q.size(0) * scores <= SCORES_AT_ONCE) {
            INDArray p = weights(call, op.scale(), q, k, mask);
            INDArray y = Nd4jKernels.products(scores(p, q, k), v, false, false);
            if (wanted) {
                return List.of(y, p);
            }
            call.temp(p);
            return List.of(y);
        }
        INDArray y = Nd4j.createUninitialized(call.real(), q.size(0), q.size(1), v.size(2));
        long step = Math.max(1, SCORES_AT_ONCE / scores);
        for (long begin = 0; begin < q.size(0); begin += step) {
            part(call, op.scale(), begin, Math.min(q.size(0), begin + step), List.of(q, k, v), mask, y);
        }
        return List.of(y);
    }

    private static void part(
            Call call, double scale, long begin, long end, List<INDArray> qkv, INDArray mask, INDArray y) {
        List<INDArray> own = new ArrayList<>();
        for (INDArray stack : qkv) {
            own.add(matrices(stack, begin, end).dup('c'));
        }
        long rows = qkv.get(0).size(1);
        INDArray part =
                mask == null ? null : mask.get(NDArrayIndex.interval(begin * rows, end * rows), NDArrayIndex.all());
        INDArray p = weights(call, scale, own.get(0), own.get(1), part);
        INDArray result = Nd4jKernels.products(scores(p, own.get(0), own.get(1)), own.get(2), false, false);
        INDArray target = matrices(y, begin, end);
        target.assign(result.reshape('c', true, target.shape()));
        own.add(p);
        own.add(result);
        own.forEach(Nd4jTensors::free);
    }

    private static INDArray matrices(INDArray stack, long begin, long end) {
        return stack.get(NDArrayIndex.interval(begin, end), NDArrayIndex.all(), NDArrayIndex.all());
    }

    /** Attention weights softmax(scale·Q·Kᵀ + M), a new array of S·N·M elements. */
    private static INDArray weights(Call call, double scale, INDArray q, INDArray k, INDArray mask) {
        INDArray scores = Nd4jKernels.products(q, k, false, true);
        INDArray rows =
                scores.reshape('c', true, q.size(0) * q.size(1), k.size(1)).muli(scale);
        if (mask != null) {
            rows.addi(mask);
        }
        SoftmaxKernels.softmaxRows(call, rows);
        return scores;
    }

    /** The weights as [S, N, M], a view. */
    private static INDArray scores(INDArray weights, INDArray q, INDArray k) {
        return weights.reshape('c', true, q.size(0), q.size(1), k.size(1));
    }

    static List<INDArray> gradient(AttentionGradient op, Call call) {
        INDArray q = stack(call, 0);
        INDArray k = stack(call, 1);
        INDArray v = stack(call, 2);
        INDArray dy = stack(call, op.masked() ? 4 : 3); // [S, N, E]
        INDArray p = scores(call.temp(weights(call, op.scale(), q, k, op.masked() ? mask(call) : null)), q, k);
        INDArray dp = scores(call.temp(Nd4jKernels.products(dy, v, false, true)), q, k);
        INDArray ds = call.temp(SoftmaxKernels.gradientRows(call, matrix(p), matrix(dp))); // [S·N, M]
        INDArray stacked = ds.reshape('c', true, p.shape());
        List<INDArray> out = new ArrayList<>();
        out.add(Nd4jKernels.products(stacked, k, false, false).muli(op.scale()));
        out.add(Nd4jKernels.products(stacked, q, true, false).muli(op.scale()));
        out.add(Nd4jKernels.products(p, dy, true, false));
        if (op.masked()) {
            INDArray dMask = Broadcasting.reduce(call, ds, scores(call), call.shape(3));
            out.add(dMask == ds ? ds.dup() : dMask);
        }
        return out;
    }

    private static INDArray matrix(INDArray stack) {
        return stack.reshape('c', true, stack.size(0) * stack.size(1), stack.size(2));
    }

    /** An operand [B, heads, n, d] as [B·heads, n, d], a view. */
    private static INDArray stack(Call call, int operand) {
        Shape s = call.shape(operand);
        return call.view(operand, (long) s.dim(0) * s.dim(1), s.dim(2), s.dim(3));
    }

    private static Shape scores(Call call) {
        return call.shape(0).with(3, call.shape(1).dim(2));
    }

    /** The mask repeated for every score; [S·N, M]. */
    private static INDArray mask(Call call) {
        Shape scores = scores(call);
        INDArray all = Broadcasting.expand(call, call.vector(3), call.shape(3), scores);
        return all.reshape('c', true, scores.size() / scores.dim(3), scores.dim(3));
    }
}

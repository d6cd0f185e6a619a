package org.fovea.core.backend.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import org.fovea.core.graph.AttentionGradient;
import org.fovea.core.graph.Node;
import org.fovea.core.graph.Value;

/**
 * The derivatives of attention, some images at a time: P = softmax(scale·Q·Kᵀ + M) again, then dV = Pᵀ·dY, dS = P·(dP -
 * Σ P·dP) with dP = dY·Vᵀ, dQ = scale·dS·K, dK = scale·dSᵀ·Q.
 */
final class AttentionGradientLowering {
    private static final long BLOCK_BYTES = 4L << 20;

    private AttentionGradientLowering() {}

    static void gradient(Lowering to, Node node) {
        AttentionGradient op = (AttentionGradient) node.op();
        Value q = node.input(0);
        View dq = AttentionLowering.headsInside(
                to, ElementType.F32, node.outputs().get(0));
        View dk = AttentionLowering.headsInside(
                to, ElementType.F32, node.outputs().get(1));
        View dv = AttentionLowering.headsInside(
                to, ElementType.F32, node.outputs().get(2));
        View mask = op.masked() ? to.plain(node.input(3)).withRank(4) : null;
        int[] sizes = q.shape().with(3, node.input(1).shape().dim(2)).toArray(); // [B, heads, N, M]
        boolean maskWanted = op.masked() && to.fusion.isUsed(node.outputs().get(3));
        View ds = maskWanted ? to.temporary(ElementType.F32, sizes) : null;
        long imageBytes = 4L * sizes[1] * sizes[2] * sizes[3];
        int images = (int) Math.max(1, BLOCK_BYTES / Math.max(1, imageBytes));
        View[] operands = new View[4];
        for (int i = 0; i < 3; i++) {
            operands[i] = AttentionLowering.operand(to, node.input(i));
        }
        operands[3] = AttentionLowering.operand(to, node.input(op.masked() ? 4 : 3));
        for (int b = 0; b < sizes[0]; b += images) {
            int end = Math.min(sizes[0], b + images);
            View part = AttentionLowering.blockOf(mask, b, end, 0, sizes[2]);
            View dsBlock = ds == null
                    ? to.temporary(ElementType.F32, end - b, sizes[1], sizes[2], sizes[3])
                    : ds.slice(0, b, end);
            block(to, op.scale(), operands, part, dsBlock, b, end, dq, dk, dv);
        }
        if (maskWanted) {
            maskGradient(to, ds, node.outputs().get(3));
        }
    }

    private static void block(
            Lowering to, double scale, View[] operands, View mask, View ds, int b, int end, View dq, View dk, View dv) {
        View q = operands[0].slice(0, b, end);
        View k = operands[1].slice(0, b, end);
        View v = operands[2].slice(0, b, end);
        View dy = operands[3].slice(0, b, end);
        if (ds.count() == 0) {
            zero(to, dk.slice(0, b, end));
            zero(to, dv.slice(0, b, end));
            return;
        }
        View s = to.temporary(ElementType.F32, ds.sizes());
        AttentionLowering.scores(to, q, k.transposed(), mask, s, scale);
        View p = mask == null ? s : to.temporary(ElementType.F32, ds.sizes());
        SoftmaxLowering.forward(to, algorithm.softmax_accurate, s, p, 3);
        if (mask != null) {
            AttentionLowering.hideRows(to, s, p);
        }
        View dp = to.temporary(ElementType.F32, ds.sizes());
        multiply(to, dy, v.transposed(), dp);
        SoftmaxLowering.backward(to, p, dp, ds, 3);
        View scaled = to.temporary(ElementType.F32, ds.sizes());
        ElementwiseLowering.apply(to, new Activation(algorithm.eltwise_linear, (float) scale, 0), to.dense(ds), scaled);
        View left = to.as(to.types.productType(), scaled);
        multiply(to, left, k, dq.slice(0, b, end));
        multiply(to, left.transposed(), q, dk.slice(0, b, end));
        multiply(to, to.as(to.types.productType(), p).transposed(), dy, dv.slice(0, b, end));
    }

    /** Sets the derivatives of operands that no query reads to zero. */
    private static void zero(Lowering to, View y) {
        if (y.count() > 0) {
            Loops.fill(to, y.flat(), 0);
        }
    }

    private static void multiply(Lowering to, View a, View b, View y) {
        if (y.count() > 0) {
            MatMulLowering.product(to, a, b, y);
        }
    }

    /** Sums dS over the axes along which the mask was broadcast. */
    private static void maskGradient(Lowering to, View ds, Value dm) {
        int[] mask = dm.shape().toArray();
        boolean[] summed = new boolean[ds.rank()];
        for (int i = 0; i < summed.length; i++) {
            int axis = i - summed.length + mask.length;
            summed[i] = axis < 0 || mask[axis] == 1;
        }
        to.bind(dm, ReductionLowering.sum(to, ds, summed).reshape(mask));
    }
}

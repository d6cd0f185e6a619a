package org.fovea.core.backend.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc;
import org.bytedeco.javacpp.FloatPointer;
import org.fovea.core.graph.Node;
import org.fovea.core.graph.Resize2d;
import org.fovea.core.graph.Resize2dGradient;
import org.fovea.core.graph.ResizeKind;
import org.fovea.core.graph.ResizeMatrix;
import org.fovea.core.graph.Value;

/**
 * Resizing as two products with constant matrices, one per axis; bilinear resizing of many channels as oneDNN's resampling, which
 * has the same centers and reads and writes the channels innermost.
 */
final class ResizeLowering {
    /**
     * Minimum number of channels for oneDNN's resampling, which vectorizes over the channels of a position; below it, matrix
     * products are faster.
     */
    private static final int LEAST_CHANNELS = 16;

    private ResizeLowering() {}

    /** Returns whether oneDNN's resampling computes this node. */
    static boolean resamples(Resize2d op, Node node) {
        return op.kind() == ResizeKind.BILINEAR
                && !op.alignCorners()
                && !op.antialias()
                && node.input(0).shape().dim(1) >= LEAST_CHANNELS
                && node.input(0).shape().dim(0) > 0;
    }

    /**
     * Adds bilinear resizing and the operations fused with it. A sum is computed in the memory of its other term, since the
     * fast kernels can only add to the memory of the result.
     */
    static void resample(Lowering to, Node last, Fusion.Epilogue fused) {
        View x = to.of(fused.head().input(0));
        View inside = Images.channelsInside(to, x.type(), x);
        View y = target(to, last.outputs().get(0), fused);
        post_ops epilogues = new post_ops();
        Epilogues.append(epilogues, fused.activation());
        if (fused.residual() != null) {
            epilogues.append_sum();
            Epilogues.append(epilogues, fused.last());
        }
        primitive_attr attributes = Lowering.attributes();
        attributes.set_post_ops(epilogues);
        dnnl_primitive_desc made = new dnnl_primitive_desc();
        int status = dnnl_resampling_forward_primitive_desc_create(
                made,
                to.runtime.engine.get(),
                prop_kind.forward_inference.value,
                algorithm.resampling_linear.value,
                (FloatPointer) null,
                Images.desc(inside).get(),
                Images.desc(y).get(),
                attributes.get());
        if (status != dnnl_success) {
            throw new IllegalStateException(
                    "ResizeLowering: oneDNN must resample " + inside + " to " + y + ", got its status " + status);
        }
        to.step(new primitive_desc(made), Images.arg(DNNL_ARG_SRC, inside), Images.arg(DNNL_ARG_DST, y));
    }

    /** Memory for the result, which contains the other term of a sum already. */
    private static View target(Lowering to, Value out, Fusion.Epilogue fused) {
        if (fused.residual() == null) {
            return Images.result(to, out);
        }
        View other = to.of(fused.residual());
        ElementType type = to.types.of(out);
        if (to.state == null
                && to.fusion.isUsedOnce(fused.residual())
                && other.type() == type
                && Images.channelsInside(to, type, other) == other) {
            to.bind(out, other);
            return other;
        }
        View y = Images.result(to, out);
        to.copy(other, y);
        return y;
    }

    static void forward(Lowering to, Node node) {
        Resize2d op = (Resize2d) node.op();
        View x = to.plain(node.input(0));
        int[] s = x.sizes();
        View rows = matrix(to, ResizeMatrix.of(op, s[2], op.height())); // [h, H]
        View columns = matrix(to, ResizeMatrix.of(op, s[3], op.width())); // [w, W]
        apply(to, x, rows, columns, to.result(node.outputs().get(0)));
    }

    static void gradient(Lowering to, Node node) {
        Resize2dGradient op = (Resize2dGradient) node.op();
        Resize2d forward = op.forward();
        View rows = matrix(to, ResizeMatrix.of(forward, op.height(), forward.height())); // [h, H]
        View columns = matrix(to, ResizeMatrix.of(forward, op.width(), forward.width())); // [w, W]
        View dy = to.plain(node.input(0));
        apply(
                to,
                dy,
                rows.transposed(),
                columns.transposed(),
                to.result(node.outputs().get(0)));
    }

    private static View matrix(Lowering to, double[][] rows) {
        int columns = rows[0].length;
        float[] flat = new float[rows.length * columns];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = (float) rows[i / columns][i % columns];
        }
        return to.constant(flat, rows.length, columns);
    }

    /** Computes y = rows·x·columnsᵀ for each channel. */
    private static void apply(Lowering to, View x, View rows, View columns, View y) {
        if (y.count() == 0) {
            return;
        }
        int[] s = x.sizes();
        int images = s[0] * s[1];
        int width = columns.sizes()[0];
        View half = to.temporary(ElementType.F32, images, s[2], width);
        MatMulLowering.product(
                to, x.reshape(images * s[2], s[3]), columns.transposed(), half.reshape(images * s[2], width));
        MatMulLowering.product(to, rows.withRank(3), half, y.reshape(images, rows.sizes()[0], width));
    }
}

package org.fovea.core.backend.onednn;

import org.fovea.core.graph.Node;
import org.fovea.core.graph.Resize2d;
import org.fovea.core.graph.Resize2dGradient;
import org.fovea.core.graph.ResizeMatrix;

/** Resizing as two products with constant matrices, one per axis. */
final class ResizeLowering {
    private ResizeLowering() {}

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

    /** y = rows·x·columnsᵀ per channel. */
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

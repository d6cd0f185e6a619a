package org.fovea.core.backend.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import org.bytedeco.dnnl.matmul;
import org.fovea.core.graph.MatMul;
import org.fovea.core.graph.Node;
import org.fovea.core.graph.Value;

/** Matrix products of two computed operands, read through their strides. */
final class MatMulLowering {
    private MatMulLowering() {}

    static void lower(Lowering to, Node node) {
        MatMul op = (MatMul) node.op();
        Value out = node.outputs().get(0);
        View y = to.result(out);
        View a = to.of(node.input(0));
        View b = to.of(node.input(1));
        if (y.count() == 0) {
            return;
        }
        if (a.count() == 0) {
            Loops.fill(to, y, 0);
            return;
        }
        View left = operand(to, op.transposeA() ? a.transposed() : a, y.rank());
        View right = operand(to, op.transposeB() ? b.transposed() : b, y.rank());
        product(to, left, right, y);
    }

    private static View operand(Lowering to, View view, int rank) {
        return multipliable(to, to.as(to.types.productType(), view)).withRank(rank);
    }

    /**
     * A view whose rows or columns are dense, as products want it. Vectors with gaps between them become dense too: oneDNN's kernel
     * reads the wrong elements of such a right operand of some sizes, {@code [2, 1, 2]} out of {@code [2, 1, 4]} for one.
     */
    static View multipliable(Lowering to, View view) {
        int last = view.rank() - 1;
        boolean rows = unit(view, last);
        boolean columns = unit(view, last - 1);
        boolean vectors = view.sizes()[last] == 1 || view.sizes()[last - 1] == 1;
        return (rows || columns) && !(vectors && !view.isDense()) ? view : to.dense(view);
    }

    private static boolean unit(View view, int axis) {
        return view.strides()[axis] == 1 || view.sizes()[axis] == 1;
    }

    /**
     * y = a·b over views of one rank.
     *
     * <p>Without epilogues, so that y may have gaps between its rows.
     */
    static void product(Lowering to, View a, View b, View y) {
        var description = new matmul.primitive_desc(
                to.runtime.engine, a.desc(), b.desc(), y.desc(), Lowering.attributes(), false);
        to.step(
                description,
                Step.Arg.of(DNNL_ARG_SRC, a),
                Step.Arg.of(DNNL_ARG_WEIGHTS, b),
                Step.Arg.of(DNNL_ARG_DST, y));
    }
}

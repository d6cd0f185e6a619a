package org.fovea.core.backend.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.primitive_attr;
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
     * View whose rows or columns are dense, as products need it. A single row with gaps is copied, since oneDNN has only its
     * slow reference kernel for it (1x128 by 128x256: 1.7 ms against 0.04).
     */
    static View multipliable(Lowering to, View view) {
        int last = view.rank() - 1;
        boolean rows = view.strides()[last] == 1 || view.sizes()[last] == 1;
        boolean columns = view.strides()[last - 1] == 1 && view.sizes()[last - 1] > 1;
        return rows || columns ? view : to.dense(view);
    }

    /**
     * Computes y = a·b over views of the same rank.
     *
     * <p>There are no epilogues, so y may have gaps between its rows.
     */
    static void product(Lowering to, View a, View b, View y) {
        if (StridedBatches.misread(y)) {
            View dense = to.temporary(y.type(), y.sizes());
            product(to, a, b, dense);
            to.copy(dense, y);
            return;
        }
        multiply(to, a, b, y, Lowering.attributes());
    }

    /**
     * Computes y = a·b with epilogues and their operands.
     *
     * @param y result, for which {@link StridedBatches#misread} must be false; dense if there are epilogues
     */
    static void multiply(Lowering to, View a, View b, View y, primitive_attr attributes, Step.Arg... more) {
        View left = StridedBatches.misread(a) ? to.dense(a) : a;
        View right = StridedBatches.misread(b) || StridedBatches.isMisreadRow(b) ? to.dense(b) : b;
        var description =
                new matmul.primitive_desc(to.runtime.engine, left.desc(), right.desc(), y.desc(), attributes, false);
        List<Step.Arg> args = new ArrayList<>(List.of(more));
        args.add(Step.Arg.of(DNNL_ARG_SRC, left));
        args.add(Step.Arg.of(DNNL_ARG_WEIGHTS, right));
        args.add(Step.Arg.of(DNNL_ARG_DST, y));
        to.step(description, args.toArray(Step.Arg[]::new));
    }
}

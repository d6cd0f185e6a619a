package org.fovea.core.backend.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import org.bytedeco.dnnl.reduction;
import org.fovea.core.graph.Node;
import org.fovea.core.graph.Reduce;
import org.fovea.core.graph.Value;

/** Sums, means and maxima over axes. */
final class ReductionLowering {
    private ReductionLowering() {}

    static void reduce(Lowering to, Node node) {
        Reduce op = (Reduce) node.op();
        Value out = node.outputs().get(0);
        View y = to.result(out);
        View x = to.plain(node.input(0));
        if (y.count() == 0) {
            return;
        }
        if (x.count() == 0) {
            Loops.fill(to, y, 0);
            return;
        }
        int[] kept = x.sizes().clone();
        op.axes().forEach(a -> kept[a] = 1);
        View target = y.reshape(kept);
        if (y.count() == x.count()) {
            to.copy(x, target);
            return;
        }
        algorithm kind =
                switch (op.kind()) {
                    case SUM -> algorithm.reduction_sum;
                    case MEAN -> algorithm.reduction_mean;
                    case MAX -> algorithm.reduction_max;
                };
        var description = new reduction.primitive_desc(
                to.runtime.engine, kind, x.desc(), target.desc(), 0f, 0f, Lowering.attributes(), false);
        to.step(description, Step.Arg.of(DNNL_ARG_SRC, x), Step.Arg.of(DNNL_ARG_DST, target));
    }
}

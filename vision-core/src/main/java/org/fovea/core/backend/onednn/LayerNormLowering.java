package org.fovea.core.backend.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import org.bytedeco.dnnl.layer_normalization_backward;
import org.bytedeco.dnnl.layer_normalization_forward;
import org.bytedeco.dnnl.memory;
import org.fovea.core.graph.LayerNorm;
import org.fovea.core.graph.LayerNormGradient;
import org.fovea.core.graph.Node;
import org.fovea.core.graph.Value;

/** Layer normalization of the last axis, rows as a matrix. */
final class LayerNormLowering {
    private static final int SCALE_AND_SHIFT =
            normalization_flags.use_scale.value | normalization_flags.use_shift.value;

    private LayerNormLowering() {}

    private static View rows(View x) {
        int width = x.sizes()[x.rank() - 1];
        return x.reshape(Math.toIntExact(x.count() / Math.max(1, width)), width);
    }

    private static layer_normalization_forward.primitive_desc description(
            Lowering to, prop_kind kind, View x, View y, View mean, double epsilon) {
        return new layer_normalization_forward.primitive_desc(
                to.runtime.engine,
                kind.value,
                x.desc(),
                y.desc(),
                mean.desc(),
                (float) epsilon,
                SCALE_AND_SHIFT,
                Lowering.attributes(),
                false);
    }

    static void forward(Lowering to, Node node) {
        Value out = node.outputs().get(0);
        View y = to.result(out);
        if (y.count() == 0) {
            return;
        }
        View source = to.of(node.input(0));
        View rows = source.type() == ElementType.F32 ? source.reshape(rows(y).sizes()) : null;
        View x = rows != null && isDense(rows) ? rows : rows(to.plain(node.input(0)));
        double epsilon = ((LayerNorm) node.op()).epsilon();
        forward(to, node, x, rows(y), epsilon, to.state != null);
    }

    /** Values that the derivative reads again: the mean and the variance of each row of x. */
    private record Statistics(Value x, double epsilon, int number) {}

    private static void forward(Lowering to, Node node, View x, View y, double epsilon, boolean keeps) {
        View mean = to.temporary(ElementType.F32, x.sizes()[0]);
        Step.Arg src = Step.Arg.of(DNNL_ARG_SRC, x);
        Step.Arg dst = Step.Arg.of(DNNL_ARG_DST, y);
        Step.Arg scale = Step.Arg.of(DNNL_ARG_SCALE, to.plain(node.input(1)));
        int shifts = node.op() instanceof LayerNorm ? 2 : 1; // the derivative ignores y
        Step.Arg shift = Step.Arg.of(DNNL_ARG_SHIFT, to.plain(node.input(shifts)));
        if (!keeps) {
            to.step(description(to, prop_kind.forward_inference, x, y, mean, epsilon), src, dst, scale, shift);
            return;
        }
        Step.Arg means = Step.Arg.of(DNNL_ARG_MEAN, mean);
        Step.Arg variances = Step.Arg.of(DNNL_ARG_VARIANCE, to.temporary(ElementType.F32, x.sizes()[0]));
        to.step(
                description(to, prop_kind.forward_training, x, y, mean, epsilon),
                src,
                dst,
                scale,
                shift,
                means,
                variances);
        to.keep(new Statistics(node.input(0), epsilon, DNNL_ARG_MEAN), means);
        to.keep(new Statistics(node.input(0), epsilon, DNNL_ARG_VARIANCE), variances);
    }

    /** Returns whether rows have no gaps: oneDNN accepts others but reads them as if they had none. */
    private static boolean isDense(View rows) {
        return rows.strides()[1] == 1 && (rows.sizes()[0] == 1 || rows.strides()[0] == rows.sizes()[1]);
    }

    static void gradient(Lowering to, Node node) {
        View dx = to.result(node.outputs().get(0));
        View dScale = to.result(node.outputs().get(1));
        View dShift = to.result(node.outputs().get(2));
        if (dx.count() == 0) {
            Loops.fill(to, dScale, 0);
            Loops.fill(to, dShift, 0);
            return;
        }
        View x = rows(to.plain(node.input(0)));
        View scale = to.plain(node.input(1));
        View dy = rows(to.plain(node.input(2)));
        View dxRows = rows(dx);
        double epsilon = ((LayerNormGradient) node.op()).epsilon();
        if (to.kept(new Statistics(node.input(0), epsilon, DNNL_ARG_MEAN)) == null) {
            forward(to, node, x, to.temporary(ElementType.F32, x.sizes()), epsilon, true);
        }
        Step.Arg mean = to.kept(new Statistics(node.input(0), epsilon, DNNL_ARG_MEAN));
        Step.Arg variance = to.kept(new Statistics(node.input(0), epsilon, DNNL_ARG_VARIANCE));
        memory.desc rowsDesc = x.desc();
        var description = new layer_normalization_backward.primitive_desc(
                to.runtime.engine,
                prop_kind.backward.value,
                rowsDesc,
                rowsDesc,
                rowsDesc,
                mean.desc(),
                (float) epsilon,
                SCALE_AND_SHIFT,
                description(to, prop_kind.forward_training, x, x, mean.view(), epsilon),
                Lowering.attributes(),
                false);
        to.step(
                description,
                Step.Arg.of(DNNL_ARG_SRC, x),
                Step.Arg.of(DNNL_ARG_DIFF_DST, dy),
                mean,
                variance,
                Step.Arg.of(DNNL_ARG_SCALE, scale),
                Step.Arg.of(DNNL_ARG_DIFF_SRC, dxRows),
                Step.Arg.of(DNNL_ARG_DIFF_SCALE, dScale),
                Step.Arg.of(DNNL_ARG_DIFF_SHIFT, dShift));
    }
}

package org.fovea.core.backend.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.fovea.core.graph.BatchNorm;
import org.fovea.core.graph.BatchNormGradient;
import org.fovea.core.graph.Node;

/** Batch normalisation with the batch's own statistics. */
final class BatchNormLowering {
    private static final int FLAGS = normalization_flags.use_scale.value | normalization_flags.use_shift.value;

    private BatchNormLowering() {}

    private static batch_normalization_forward.primitive_desc description(Lowering to, View x, View y, double epsilon) {
        return new batch_normalization_forward.primitive_desc(
                to.runtime.engine,
                prop_kind.forward_training.value,
                x.desc(),
                y.desc(),
                (float) epsilon,
                FLAGS,
                Lowering.attributes(),
                false);
    }

    static void forward(Lowering to, Node node) {
        View x = to.plain(node.input(0));
        View y = to.result(node.outputs().get(0));
        View mean = to.result(node.outputs().get(1));
        View variance = to.result(node.outputs().get(2));
        to.step(
                description(to, x, y, ((BatchNorm) node.op()).epsilon()),
                Step.Arg.of(DNNL_ARG_SRC, x),
                Step.Arg.of(DNNL_ARG_DST, y),
                Step.Arg.of(DNNL_ARG_SCALE, to.plain(node.input(1))),
                Step.Arg.of(DNNL_ARG_SHIFT, to.plain(node.input(2))),
                Step.Arg.of(DNNL_ARG_MEAN, mean),
                Step.Arg.of(DNNL_ARG_VARIANCE, variance));
    }

    static void gradient(Lowering to, Node node) {
        View x = to.plain(node.input(0));
        View dx = to.result(node.outputs().get(0));
        double epsilon = ((BatchNormGradient) node.op()).epsilon();
        var description = new batch_normalization_backward.primitive_desc(
                to.runtime.engine,
                prop_kind.backward.value,
                dx.desc(),
                x.desc(),
                x.desc(),
                (float) epsilon,
                FLAGS,
                description(to, x, dx, epsilon),
                Lowering.attributes(),
                false);
        to.step(
                description,
                Step.Arg.of(DNNL_ARG_SRC, x),
                Step.Arg.of(DNNL_ARG_SCALE, to.plain(node.input(1))),
                Step.Arg.of(DNNL_ARG_MEAN, to.plain(node.input(2))),
                Step.Arg.of(DNNL_ARG_VARIANCE, to.plain(node.input(3))),
                Step.Arg.of(DNNL_ARG_DIFF_DST, to.plain(node.input(4))),
                Step.Arg.of(DNNL_ARG_DIFF_SRC, dx),
                Step.Arg.of(DNNL_ARG_DIFF_SCALE, to.result(node.outputs().get(1))),
                Step.Arg.of(DNNL_ARG_DIFF_SHIFT, to.result(node.outputs().get(2))));
    }
}

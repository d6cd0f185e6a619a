package org.fovea.core.backend.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.fovea.core.graph.BatchNorm;
import org.fovea.core.graph.BatchNormGradient;
import org.fovea.core.graph.Node;
import org.fovea.core.graph.Value;

/** Batch normalization with the batch's own statistics; images stay as convolutions leave them, channels innermost. */
final class BatchNormLowering {
    private static final int FLAGS = normalization_flags.use_scale.value | normalization_flags.use_shift.value;
    private static final int IMAGE_RANK = 4;

    private BatchNormLowering() {}

    private static batch_normalization_forward.primitive_desc description(
            Lowering to, Step.Arg x, Step.Arg y, double epsilon) {
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

    private static Step.Arg operand(Lowering to, int number, Value value) {
        return value.shape().rank() == IMAGE_RANK
                ? Images.arg(number, Images.channelsInside(to, ElementType.F32, to.of(value)))
                : Step.Arg.of(number, to.plain(value));
    }

    private static Step.Arg result(Lowering to, int number, Value value) {
        return value.shape().rank() == IMAGE_RANK
                ? Images.arg(number, Images.result(to, value))
                : Step.Arg.of(number, to.result(value));
    }

    static void forward(Lowering to, Node node) {
        Step.Arg x = operand(to, DNNL_ARG_SRC, node.input(0));
        Step.Arg y = result(to, DNNL_ARG_DST, node.outputs().get(0));
        View mean = to.result(node.outputs().get(1));
        View variance = to.result(node.outputs().get(2));
        to.step(
                description(to, x, y, ((BatchNorm) node.op()).epsilon()),
                x,
                y,
                Step.Arg.of(DNNL_ARG_SCALE, to.plain(node.input(1))),
                Step.Arg.of(DNNL_ARG_SHIFT, to.plain(node.input(2))),
                Step.Arg.of(DNNL_ARG_MEAN, mean),
                Step.Arg.of(DNNL_ARG_VARIANCE, variance));
    }

    static void gradient(Lowering to, Node node) {
        Step.Arg x = operand(to, DNNL_ARG_SRC, node.input(0));
        Step.Arg dy = operand(to, DNNL_ARG_DIFF_DST, node.input(4));
        Step.Arg dx = result(to, DNNL_ARG_DIFF_SRC, node.outputs().get(0));
        double epsilon = ((BatchNormGradient) node.op()).epsilon();
        var description = new batch_normalization_backward.primitive_desc(
                to.runtime.engine,
                prop_kind.backward.value,
                dx.desc(),
                dy.desc(),
                x.desc(),
                (float) epsilon,
                FLAGS,
                description(to, x, dx, epsilon),
                Lowering.attributes(),
                false);
        to.step(
                description,
                x,
                Step.Arg.of(DNNL_ARG_SCALE, to.plain(node.input(1))),
                Step.Arg.of(DNNL_ARG_MEAN, to.plain(node.input(2))),
                Step.Arg.of(DNNL_ARG_VARIANCE, to.plain(node.input(3))),
                dy,
                dx,
                Step.Arg.of(DNNL_ARG_DIFF_SCALE, to.result(node.outputs().get(1))),
                Step.Arg.of(DNNL_ARG_DIFF_SHIFT, to.result(node.outputs().get(2))));
    }
}

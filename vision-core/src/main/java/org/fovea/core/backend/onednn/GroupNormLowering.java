package org.fovea.core.backend.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import org.bytedeco.dnnl.group_normalization_backward;
import org.bytedeco.dnnl.group_normalization_forward;
import org.fovea.core.graph.GroupNorm;
import org.fovea.core.graph.GroupNormGradient;
import org.fovea.core.graph.Node;

/** Group normalization. */
final class GroupNormLowering {
    private static final int FLAGS = normalization_flags.use_scale.value | normalization_flags.use_shift.value;

    private GroupNormLowering() {}

    private static group_normalization_forward.primitive_desc description(
            Lowering to, prop_kind kind, View x, View y, int groups, double epsilon) {
        return new group_normalization_forward.primitive_desc(
                to.runtime.engine,
                kind.value,
                x.desc(),
                y.desc(),
                groups,
                (float) epsilon,
                FLAGS,
                Lowering.attributes(),
                false);
    }

    /** View of an operand, with an axis of size 1 for positions if it has none. */
    private static View places(View x) {
        return x.rank() > 2 ? x : x.reshape(x.sizes()[0], x.sizes()[1], 1);
    }

    static void forward(Lowering to, Node node) {
        GroupNorm op = (GroupNorm) node.op();
        View x = places(to.plain(node.input(0)));
        View y = places(to.result(node.outputs().get(0)));
        to.step(
                description(to, prop_kind.forward_inference, x, y, op.groups(), op.epsilon()),
                Step.Arg.of(DNNL_ARG_SRC, x),
                Step.Arg.of(DNNL_ARG_DST, y),
                Step.Arg.of(DNNL_ARG_SCALE, to.plain(node.input(1))),
                Step.Arg.of(DNNL_ARG_SHIFT, to.plain(node.input(2))));
    }

    static void gradient(Lowering to, Node node) {
        GroupNormGradient op = (GroupNormGradient) node.op();
        View x = places(to.plain(node.input(0)));
        View scale = to.plain(node.input(1));
        View dx = places(to.result(node.outputs().get(0)));
        View again = to.temporary(ElementType.F32, x.sizes());
        View mean = to.temporary(ElementType.F32, x.sizes()[0], op.groups());
        View variance = to.temporary(ElementType.F32, x.sizes()[0], op.groups());
        var forward = description(to, prop_kind.forward_training, x, again, op.groups(), op.epsilon());
        to.step(
                forward,
                Step.Arg.of(DNNL_ARG_SRC, x),
                Step.Arg.of(DNNL_ARG_DST, again),
                Step.Arg.of(DNNL_ARG_SCALE, scale),
                Step.Arg.of(DNNL_ARG_SHIFT, scale),
                Step.Arg.of(DNNL_ARG_MEAN, mean),
                Step.Arg.of(DNNL_ARG_VARIANCE, variance));
        var description = new group_normalization_backward.primitive_desc(
                to.runtime.engine,
                prop_kind.backward.value,
                dx.desc(),
                x.desc(),
                x.desc(),
                op.groups(),
                (float) op.epsilon(),
                FLAGS,
                forward,
                Lowering.attributes(),
                false);
        to.step(
                description,
                Step.Arg.of(DNNL_ARG_SRC, x),
                Step.Arg.of(DNNL_ARG_SCALE, scale),
                Step.Arg.of(DNNL_ARG_MEAN, mean),
                Step.Arg.of(DNNL_ARG_VARIANCE, variance),
                Step.Arg.of(DNNL_ARG_DIFF_DST, places(to.plain(node.input(2)))),
                Step.Arg.of(DNNL_ARG_DIFF_SRC, dx),
                Step.Arg.of(DNNL_ARG_DIFF_SCALE, to.result(node.outputs().get(1))),
                Step.Arg.of(DNNL_ARG_DIFF_SHIFT, to.result(node.outputs().get(2))));
    }
}

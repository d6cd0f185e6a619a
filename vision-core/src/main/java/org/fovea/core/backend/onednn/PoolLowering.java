package org.fovea.core.backend.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;
import org.fovea.core.graph.Node;
import org.fovea.core.graph.Pool2d;
import org.fovea.core.graph.Pool2dGradient;
import org.fovea.core.graph.PoolKind;
import org.fovea.core.graph.PoolWindow;

/** Pooling. */
final class PoolLowering {
    private static final long[] NO_DILATION = {0, 0};

    private PoolLowering() {}

    private static algorithm kind(PoolKind kind) {
        return kind == PoolKind.MAX ? algorithm.pooling_max : algorithm.pooling_avg_exclude_padding;
    }

    private static pooling_forward.primitive_desc description(
            Lowering to, prop_kind use, PoolKind kind, PoolWindow w, View x, View y) {
        long[] pads = {w.padHeight(), w.padWidth()};
        return new pooling_forward.primitive_desc(
                to.runtime.engine,
                use,
                kind(kind),
                x.desc(),
                y.desc(),
                new long[] {w.strideHeight(), w.strideWidth()},
                new long[] {w.height(), w.width()},
                NO_DILATION,
                pads,
                pads,
                Lowering.attributes(),
                false);
    }

    static void forward(Lowering to, Node node) {
        Pool2d op = (Pool2d) node.op();
        View x = to.plain(node.input(0));
        View y = to.result(node.outputs().get(0));
        if (y.count() > 0) {
            to.step(
                    description(to, prop_kind.forward_inference, op.kind(), op.window(), x, y),
                    Step.Arg.of(DNNL_ARG_SRC, x),
                    Step.Arg.of(DNNL_ARG_DST, y));
        }
    }

    static void gradient(Lowering to, Node node) {
        Pool2dGradient op = (Pool2dGradient) node.op();
        View x = to.plain(node.input(0));
        View dy = to.plain(node.input(1));
        View dx = to.result(node.outputs().get(0));
        if (dx.count() == 0) {
            return;
        }
        PoolWindow w = op.window();
        long[] pads = {w.padHeight(), w.padWidth()};
        var forward = description(to, prop_kind.forward_training, op.kind(), w, x, dy);
        var description = new pooling_backward.primitive_desc(
                to.runtime.engine,
                kind(op.kind()),
                dx.desc(),
                dy.desc(),
                new long[] {w.strideHeight(), w.strideWidth()},
                new long[] {w.height(), w.width()},
                NO_DILATION,
                pads,
                pads,
                forward,
                Lowering.attributes(),
                false);
        Step.Arg from = Step.Arg.of(DNNL_ARG_DIFF_DST, dy);
        Step.Arg target = Step.Arg.of(DNNL_ARG_DIFF_SRC, dx);
        if (op.kind() == PoolKind.AVERAGE) {
            to.step(description, from, target);
            return;
        }
        memory.desc winners = forward.workspace_desc();
        View workspace = to.temporary(ElementType.BYTES, Math.toIntExact(winners.get_size()));
        Step.Arg where = new Step.Arg(DNNL_ARG_WORKSPACE, workspace, winners);
        View again = to.temporary(ElementType.F32, dy.sizes());
        to.step(forward, Step.Arg.of(DNNL_ARG_SRC, x), Step.Arg.of(DNNL_ARG_DST, again), where);
        to.step(description, from, target, where);
    }
}

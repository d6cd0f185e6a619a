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
import org.fovea.core.graph.Value;

/** Pooling, channels innermost. */
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
                Images.desc(x),
                Images.desc(y),
                new long[] {w.strideHeight(), w.strideWidth()},
                new long[] {w.height(), w.width()},
                NO_DILATION,
                pads,
                pads,
                Lowering.attributes(),
                false);
    }

    /** Values that the derivative of a maximum reads again: the pixel of each window that won. */
    private record Winners(Value x, PoolWindow window) {}

    static void forward(Lowering to, Node node) {
        Pool2d op = (Pool2d) node.op();
        View y = Images.result(to, node.outputs().get(0));
        if (y.count() == 0) {
            return;
        }
        View x = Images.channelsInside(to, y.type(), to.of(node.input(0)));
        if (op.kind() == PoolKind.MAX && to.state != null) {
            maximum(to, new Winners(node.input(0), op.window()), x, y);
            return;
        }
        to.step(
                description(to, prop_kind.forward_inference, op.kind(), op.window(), x, y),
                Images.arg(DNNL_ARG_SRC, x),
                Images.arg(DNNL_ARG_DST, y));
    }

    /** Computes the maximum and keeps the positions of the maxima for the derivative. */
    private static Step.Arg maximum(Lowering to, Winners key, View x, View y) {
        var description = description(to, prop_kind.forward_training, PoolKind.MAX, key.window, x, y);
        memory.desc desc = description.workspace_desc();
        View workspace = to.temporary(ElementType.BYTES, Math.toIntExact(desc.get_size()));
        Step.Arg winners = new Step.Arg(DNNL_ARG_WORKSPACE, workspace, desc);
        to.step(description, Images.arg(DNNL_ARG_SRC, x), Images.arg(DNNL_ARG_DST, y), winners);
        to.keep(key, winners);
        return winners;
    }

    static void gradient(Lowering to, Node node) {
        Pool2dGradient op = (Pool2dGradient) node.op();
        View dx = Images.result(to, node.outputs().get(0));
        if (dx.count() == 0) {
            return;
        }
        View dy = Images.channelsInside(to, dx.type(), to.of(node.input(1)));
        PoolWindow w = op.window();
        long[] pads = {w.padHeight(), w.padWidth()};
        var description = new pooling_backward.primitive_desc(
                to.runtime.engine,
                kind(op.kind()),
                Images.desc(dx),
                Images.desc(dy),
                new long[] {w.strideHeight(), w.strideWidth()},
                new long[] {w.height(), w.width()},
                NO_DILATION,
                pads,
                pads,
                description(to, prop_kind.forward_training, op.kind(), w, dx, dy),
                Lowering.attributes(),
                false);
        Step.Arg from = Images.arg(DNNL_ARG_DIFF_DST, dy);
        Step.Arg target = Images.arg(DNNL_ARG_DIFF_SRC, dx);
        if (op.kind() == PoolKind.AVERAGE) {
            to.step(description, from, target);
            return;
        }
        Winners key = new Winners(node.input(0), w);
        Step.Arg winners = to.kept(key);
        if (winners == null) {
            View x = Images.channelsInside(to, dx.type(), to.of(node.input(0)));
            winners = maximum(to, key, x, to.like(dy, dx.type()));
        }
        to.step(description, from, target, winners);
    }
}

package org.fovea.core.backend.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.fovea.core.graph.GeluGradient;
import org.fovea.core.graph.Node;
import org.fovea.core.graph.Unary;
import org.fovea.core.graph.UnaryGradient;
import org.fovea.core.graph.Value;

/** Functions of one number with their derivatives, and the choice between two. Results keep the memory order of x. */
final class ElementwiseLowering {
    private ElementwiseLowering() {}

    static void unary(Lowering to, Node node) {
        Value out = node.outputs().get(0);
        Activation function = Activation.of(node.op());
        View source = to.of(node.input(0));
        if (source.count() == 0) {
            to.bind(out, to.temporary(to.types.of(out), source.sizes()));
            return;
        }
        if (function == null) {
            View x = to.plain(node.input(0));
            View y = to.temporary(ElementType.F32, x.sizes());
            to.loop(a -> Loops.unary(((Unary) node.op()).kind(), a.floats(0), a.floats(1)), x, y);
            to.bind(out, to.as(to.types.of(out), y));
            return;
        }
        View x = packed(to, to.types.of(out), source);
        apply(to, function, x.flat(), to.resultLike(x, out).flat());
    }

    /**
     * The view itself or converted to another type, with its axes in the same order of memory if there are no gaps between its
     * elements.
     */
    private static View packed(Lowering to, ElementType type, View x) {
        return x.isPacked() ? to.arranged(x, type, x.memoryOrder()) : to.dense(to.as(type, x));
    }

    /** Computes y = f(x) over dense views. */
    static void apply(Lowering to, Activation function, View x, View y) {
        to.step(forward(to, function, x, y), Step.Arg.of(DNNL_ARG_SRC, x), Step.Arg.of(DNNL_ARG_DST, y));
    }

    private static eltwise_forward.primitive_desc forward(Lowering to, Activation function, View x, View y) {
        return new eltwise_forward.primitive_desc(
                to.runtime.engine,
                prop_kind.forward_training,
                function.kind(),
                x.desc(),
                y.desc(),
                function.alpha(),
                function.beta(),
                Lowering.attributes(),
                false);
    }

    static void geluGradient(Lowering to, Node node) {
        gradient(to, node, Activation.gelu(((GeluGradient) node.op()).kind()));
    }

    static void unaryGradient(Lowering to, Node node) {
        gradient(to, node, Activation.of(new Unary(((UnaryGradient) node.op()).kind())));
    }

    private static void gradient(Lowering to, Node node, Activation function) {
        Value out = node.outputs().get(0);
        if (out.shape().size() == 0) {
            to.result(out);
            return;
        }
        ElementType type = to.types.of(out);
        View x = packed(to, type, to.of(node.input(0)));
        View dx = to.resultLike(x, out);
        View dy = likeOther(to, packed(to, type, to.of(node.input(1))), dx);
        var description = new eltwise_backward.primitive_desc(
                to.runtime.engine,
                function.kind(),
                dx.flat().desc(),
                dx.flat().desc(),
                x.flat().desc(),
                function.alpha(),
                function.beta(),
                forward(to, function, x.flat(), dx.flat()),
                Lowering.attributes(),
                false);
        to.step(
                description,
                Step.Arg.of(DNNL_ARG_SRC, x.flat()),
                Step.Arg.of(DNNL_ARG_DIFF_DST, dy.flat()),
                Step.Arg.of(DNNL_ARG_DIFF_SRC, dx.flat()));
    }

    /** The view itself if its elements are laid out like the other view's, else a copy that is. */
    private static View likeOther(Lowering to, View view, View other) {
        if (view.isPacked() && Arrays.equals(view.strides(), other.strides())) {
            return view;
        }
        View copy = to.like(other, view.type());
        to.copy(view, copy);
        return copy;
    }

    static void select(Lowering to, Node node) {
        View y = to.result(node.outputs().get(0));
        if (y.count() == 0) {
            return;
        }
        View[] operands = new View[4];
        for (int i = 0; i < 3; i++) {
            operands[i] = LayoutLowering.expand(to, to.plain(node.input(i)).withRank(y.rank()), y.sizes());
        }
        operands[3] = y;
        to.loop(m -> select(m.floats(0), m.floats(1), m.floats(2), m.floats(3)), operands);
    }

    private static void select(FloatBuffer condition, FloatBuffer a, FloatBuffer b, FloatBuffer y) {
        for (int i = 0; i < y.capacity(); i++) {
            y.put(i, condition.get(i) != 0 ? a.get(i) : b.get(i));
        }
    }
}

package org.fovea.core.backend.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.fovea.core.graph.Binary;
import org.fovea.core.graph.BinaryKind;
import org.fovea.core.graph.GeluGradient;
import org.fovea.core.graph.Node;
import org.fovea.core.graph.Unary;
import org.fovea.core.graph.UnaryGradient;
import org.fovea.core.graph.Value;

/** Functions of one, two and three numbers. */
final class ElementwiseLowering {
    private ElementwiseLowering() {}

    static void unary(Lowering to, Node node) {
        Value out = node.outputs().get(0);
        View x = to.plain(node.input(0));
        View y = to.temporary(ElementType.F32, x.sizes());
        if (x.count() > 0) {
            Activation function = Activation.of(node.op());
            if (function == null) {
                to.loop(a -> Loops.unary(((Unary) node.op()).kind(), a.floats(0), a.floats(1)), x, y);
            } else {
                apply(to, function, x, y);
            }
        }
        to.bind(out, to.as(to.types.of(out), y));
    }

    /** y = f(x) over dense views. */
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
        View x = to.plain(node.input(0));
        View dy = to.plain(node.input(1));
        View dx = to.result(node.outputs().get(0));
        if (x.count() == 0) {
            return;
        }
        var description = new eltwise_backward.primitive_desc(
                to.runtime.engine,
                function.kind(),
                dx.desc(),
                dy.desc(),
                x.desc(),
                function.alpha(),
                function.beta(),
                forward(to, function, x, dx),
                Lowering.attributes(),
                false);
        to.step(
                description,
                Step.Arg.of(DNNL_ARG_SRC, x),
                Step.Arg.of(DNNL_ARG_DIFF_DST, dy),
                Step.Arg.of(DNNL_ARG_DIFF_SRC, dx));
    }

    static void binary(Lowering to, Node node) {
        Value out = node.outputs().get(0);
        int rank = Math.max(1, out.shape().rank());
        View y = to.result(out);
        if (y.count() == 0) {
            return;
        }
        View a = to.plain(node.input(0)).withRank(rank);
        View b = to.plain(node.input(1)).withRank(rank);
        View target = y.withRank(rank);
        BinaryKind kind = ((Binary) node.op()).kind();
        boolean swaps = kind != BinaryKind.SUBTRACT && kind != BinaryKind.DIVIDE && kind != BinaryKind.GREATER;
        if (swaps && !Arrays.equals(a.sizes(), target.sizes()) && Arrays.equals(b.sizes(), target.sizes())) {
            View t = a;
            a = b;
            b = t;
        }
        if (!Arrays.equals(a.sizes(), target.sizes())) {
            a = LayoutLowering.expand(to, a, target.sizes());
        }
        combine(to, algorithm(kind), a, b, target);
    }

    /** y = f(a, b), b broadcast to a's sizes. */
    static void combine(Lowering to, algorithm kind, View a, View b, View y) {
        var description = new binary.primitive_desc(
                to.runtime.engine, kind, a.desc(), b.desc(), y.desc(), Lowering.attributes(), false);
        to.step(
                description,
                Step.Arg.of(DNNL_ARG_SRC_0, a),
                Step.Arg.of(DNNL_ARG_SRC_1, b),
                Step.Arg.of(DNNL_ARG_DST, y));
    }

    private static algorithm algorithm(BinaryKind kind) {
        return switch (kind) {
            case ADD -> algorithm.binary_add;
            case SUBTRACT -> algorithm.binary_sub;
            case MULTIPLY -> algorithm.binary_mul;
            case DIVIDE -> algorithm.binary_div;
            case MAXIMUM -> algorithm.binary_max;
            case MINIMUM -> algorithm.binary_min;
            case GREATER -> algorithm.binary_gt;
            case EQUAL -> algorithm.binary_eq;
        };
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

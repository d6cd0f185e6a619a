package org.fovea.core.backend.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.nio.FloatBuffer;
import org.bytedeco.dnnl.softmax_backward;
import org.bytedeco.dnnl.softmax_forward;
import org.fovea.core.graph.LogSoftmax;
import org.fovea.core.graph.Node;
import org.fovea.core.graph.Softmax;
import org.fovea.core.graph.SoftmaxGradient;

/** Softmax, its logarithm and its derivative. */
final class SoftmaxLowering {
    private SoftmaxLowering() {}

    static void softmax(Lowering to, Node node) {
        int axis = ((Softmax) node.op()).axis();
        View x = to.plain(node.input(0));
        View y = to.result(node.outputs().get(0));
        if (y.count() > 0) {
            forward(to, algorithm.softmax_accurate, x, y, axis);
            zeroHiddenRows(to, x, y, axis);
        }
    }

    static void logSoftmax(Lowering to, Node node) {
        View x = to.plain(node.input(0));
        View y = to.result(node.outputs().get(0));
        if (y.count() > 0) {
            forward(to, algorithm.softmax_log, x, y, ((LogSoftmax) node.op()).axis());
        }
    }

    static void gradient(Lowering to, Node node) {
        View y = to.plain(node.input(0));
        View dy = to.plain(node.input(1));
        View dx = to.result(node.outputs().get(0));
        if (y.count() > 0) {
            backward(to, y, dy, dx, ((SoftmaxGradient) node.op()).axis());
        }
    }

    static void forward(Lowering to, algorithm kind, View x, View y, int axis) {
        to.step(description(to, kind, x, y, axis), Step.Arg.of(DNNL_ARG_SRC, x), Step.Arg.of(DNNL_ARG_DST, y));
    }

    private static softmax_forward.primitive_desc description(Lowering to, algorithm kind, View x, View y, int axis) {
        return new softmax_forward.primitive_desc(
                to.runtime.engine,
                prop_kind.forward_inference,
                kind,
                x.desc(),
                y.desc(),
                axis,
                Lowering.attributes(),
                false);
    }

    /** Computes dx = y·(dy - Σ y·dy). */
    static void backward(Lowering to, View y, View dy, View dx, int axis) {
        var forward = new softmax_forward.primitive_desc(
                to.runtime.engine,
                prop_kind.forward_training,
                algorithm.softmax_accurate,
                y.desc(),
                y.desc(),
                axis,
                Lowering.attributes(),
                false);
        var description = new softmax_backward.primitive_desc(
                to.runtime.engine,
                algorithm.softmax_accurate,
                dx.desc(),
                dy.desc(),
                y.desc(),
                axis,
                forward,
                Lowering.attributes(),
                false);
        to.step(
                description,
                Step.Arg.of(DNNL_ARG_DST, y),
                Step.Arg.of(DNNL_ARG_DIFF_DST, dy),
                Step.Arg.of(DNNL_ARG_DIFF_SRC, dx));
    }

    /** Sets rows of only -∞ to zeros, as softmax is defined here; oneDNN gives NaN for them. NaN in the input stays NaN. */
    static void zeroHiddenRows(Lowering to, View x, View y, int axis) {
        int size = x.sizes()[axis];
        int inner = (int) x.strides()[axis];
        to.loop(m -> zeroHiddenRows(m.floats(0), m.floats(1), size, inner), x, y);
    }

    private static void zeroHiddenRows(FloatBuffer x, FloatBuffer y, int size, int inner) {
        for (int block = 0; block < x.capacity(); block += size * inner) {
            for (int first = block; first < block + inner; first++) {
                if (Float.isNaN(y.get(first)) && isHidden(x, first, size, inner)) {
                    for (int k = 0; k < size; k++) {
                        y.put(first + k * inner, 0);
                    }
                }
            }
        }
    }

    private static boolean isHidden(FloatBuffer x, int first, int size, int inner) {
        for (int k = 0; k < size; k++) {
            if (x.get(first + k * inner) != Float.NEGATIVE_INFINITY) {
                return false;
            }
        }
        return true;
    }
}

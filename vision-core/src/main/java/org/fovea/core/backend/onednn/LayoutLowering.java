package org.fovea.core.backend.onednn;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.fovea.core.graph.Concat;
import org.fovea.core.graph.Node;
import org.fovea.core.graph.Pad;
import org.fovea.core.graph.Permute;
import org.fovea.core.graph.Slice;
import org.fovea.core.graph.Value;

/** Changes of shape: views wherever strides allow. */
final class LayoutLowering {
    private LayoutLowering() {}

    static void reshape(Lowering to, Node node) {
        Value out = node.outputs().get(0);
        int[] sizes = out.shape().toArray();
        View x = to.of(node.input(0));
        View y = x.count() == 0 ? null : x.reshape(sizes);
        to.bind(out, y != null ? y : View.dense(to.dense(x).storage(), x.type(), sizes));
    }

    static void detach(Lowering to, Node node) {
        to.bind(node.outputs().get(0), to.of(node.input(0)));
    }

    static void permute(Lowering to, Node node) {
        int[] axes = ((Permute) node.op()).axes().stream().mapToInt(a -> a).toArray();
        to.bind(node.outputs().get(0), to.of(node.input(0)).permute(axes));
    }

    static void slice(Lowering to, Node node) {
        Slice op = (Slice) node.op();
        to.bind(node.outputs().get(0), to.of(node.input(0)).slice(op.axis(), op.begin(), op.end()));
    }

    static void pad(Lowering to, Node node) {
        Pad op = (Pad) node.op();
        View y = to.result(node.outputs().get(0));
        View x = to.of(node.input(0));
        if (y.count() > 0) {
            Loops.fill(to, y, 0);
            to.copy(x, y.slice(op.axis(), op.before(), op.before() + x.sizes()[op.axis()]));
        }
    }

    static void concat(Lowering to, Node node) {
        int axis = ((Concat) node.op()).axis();
        View y = to.result(node.outputs().get(0));
        int begin = 0;
        for (Value part : node.inputs()) {
            View x = to.of(part);
            int end = begin + x.sizes()[axis];
            to.copy(x, y.slice(axis, begin, end));
            begin = end;
        }
    }

    static void broadcast(Lowering to, Node node) {
        Value out = node.outputs().get(0);
        int[] sizes = out.shape().toArray();
        View x = to.plain(node.input(0)).withRank(sizes.length);
        View y = expand(to, x, sizes);
        to.bind(out, y);
    }

    /** Dense view repeated to larger sizes of the same rank; the view itself if the sizes are equal. */
    static View expand(Lowering to, View x, int[] sizes) {
        if (Arrays.equals(x.sizes(), sizes)) {
            return x;
        }
        View y = to.temporary(ElementType.F32, sizes);
        if (y.count() > 0) {
            long[] steps = new long[sizes.length];
            for (int i = 0; i < sizes.length; i++) {
                steps[i] = x.sizes()[i] == 1 ? 0 : x.strides()[i];
            }
            to.loop(arrays -> repeat(arrays.floats(0), arrays.floats(1), sizes, steps), x, y);
        }
        return y;
    }

    private static void repeat(FloatBuffer x, FloatBuffer y, int[] sizes, long[] steps) {
        int last = sizes.length - 1;
        int[] at = new int[sizes.length];
        long from = 0;
        for (int i = 0; i < y.capacity(); i += sizes[last]) {
            if (steps[last] == 1) {
                y.put(i, x, (int) from, sizes[last]);
            } else {
                for (int k = 0; k < sizes[last]; k++) {
                    y.put(i + k, x.get((int) (from + k * steps[last])));
                }
            }
            for (int axis = last - 1; axis >= 0; axis--) {
                from += steps[axis];
                if (++at[axis] < sizes[axis]) {
                    break;
                }
                from -= at[axis] * steps[axis];
                at[axis] = 0;
            }
        }
    }
}

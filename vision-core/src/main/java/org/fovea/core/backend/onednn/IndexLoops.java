package org.fovea.core.backend.onednn;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import org.fovea.core.graph.ArgMax;
import org.fovea.core.graph.Gather;
import org.fovea.core.graph.Node;
import org.fovea.core.graph.ScatterAdd;
import org.fovea.core.graph.ScatterUpdate;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Shape;

/** Operations on indices; oneDNN has no primitive for them. */
final class IndexLoops {
    private IndexLoops() {}

    private static int product(Shape shape, int from, int to) {
        int out = 1;
        for (int i = from; i < to; i++) {
            out = Math.multiplyExact(out, shape.dim(i));
        }
        return out;
    }

    private static int checked(int index, int size) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("an index must lie in [0, " + size + "), got " + index);
        }
        return index;
    }

    static void gather(Lowering to, Node node) {
        int axis = ((Gather) node.op()).axis();
        Shape x = node.input(0).shape();
        int outer = product(x, 0, axis);
        int inner = product(x, axis + 1, x.rank());
        int size = x.dim(axis);
        to.loop(
                m -> gather(m.floats(0), m.ints(1), m.floats(2), outer, size, inner),
                to.plain(node.input(0)),
                to.plain(node.input(1)),
                to.result(node.outputs().get(0)));
    }

    private static void gather(FloatBuffer x, IntBuffer index, FloatBuffer y, int outer, int size, int inner) {
        int at = 0;
        for (int o = 0; o < outer; o++) {
            for (int i = 0; i < index.capacity(); i++) {
                int row = checked(index.get(i), size);
                y.put(at, x, (o * size + row) * inner, inner);
                at += inner;
            }
        }
    }

    static void scatterAdd(Lowering to, Node node) {
        ScatterAdd op = (ScatterAdd) node.op();
        Shape y = node.outputs().get(0).shape();
        int outer = product(y, 0, op.axis());
        int inner = product(y, op.axis() + 1, y.rank());
        to.loop(
                m -> scatterAdd(m.floats(0), m.ints(1), m.floats(2), outer, op.size(), inner),
                to.plain(node.input(0)),
                to.plain(node.input(1)),
                to.result(node.outputs().get(0)));
    }

    private static void scatterAdd(FloatBuffer u, IntBuffer index, FloatBuffer y, int outer, int size, int inner) {
        Loops.fill(y, 0);
        int at = 0;
        for (int o = 0; o < outer; o++) {
            for (int i = 0; i < index.capacity(); i++) {
                int row = (o * size + checked(index.get(i), size)) * inner;
                for (int k = 0; k < inner; k++) {
                    y.put(row + k, y.get(row + k) + u.get(at++));
                }
            }
        }
    }

    static void scatterUpdate(Lowering to, Node node) {
        int axis = ((ScatterUpdate) node.op()).axis();
        Value out = node.outputs().get(0);
        Shape x = out.shape();
        View y;
        if (to.fusion.isInPlace(node)) {
            y = to.of(node.input(0));
            to.bind(out, y);
        } else {
            y = to.result(out);
            to.copy(to.of(node.input(0)), y);
        }
        int inner = product(x, axis + 1, x.rank()) * y.type().bytes;
        int outer = product(x, 0, axis);
        View rows = to.dense(to.as(y.type(), to.of(node.input(2))));
        to.loop(
                m -> scatterUpdate(m.ints(0), m.bytes(1), m.bytes(2), outer, x.dim(axis), inner),
                to.plain(node.input(1)),
                rows,
                y);
    }

    private static void scatterUpdate(
            IntBuffer index, ByteBuffer rows, ByteBuffer y, int outer, int size, int rowBytes) {
        for (int i = 0; i < index.capacity(); i++) {
            int row = checked(index.get(i), size);
            for (int o = 0; o < outer; o++) {
                y.put((o * size + row) * rowBytes, rows, (o * index.capacity() + i) * rowBytes, rowBytes);
            }
        }
    }

    static void argMax(Lowering to, Node node) {
        int axis = ((ArgMax) node.op()).axis();
        Shape x = node.input(0).shape();
        int inner = product(x, axis + 1, x.rank());
        int size = x.dim(axis);
        to.loop(
                m -> argMax(m.floats(0), m.ints(1), size, inner),
                to.plain(node.input(0)),
                to.result(node.outputs().get(0)));
    }

    private static void argMax(FloatBuffer x, IntBuffer y, int size, int inner) {
        for (int i = 0; i < y.capacity(); i++) {
            int first = i / inner * size * inner + i % inner;
            int best = 0;
            for (int k = 1; k < size; k++) {
                if (x.get(first + k * inner) > x.get(first + best * inner)) {
                    best = k;
                }
            }
            y.put(i, best);
        }
    }
}

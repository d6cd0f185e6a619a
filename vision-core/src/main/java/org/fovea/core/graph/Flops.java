package org.fovea.core.graph;

import org.fovea.core.tensor.Shape;

/** Counts the arithmetic of a graph: two floating-point operations per multiplication and addition of a product. */
public final class Flops {
    private Flops() {}

    /**
     * The operations of a graph's matrix products, linear maps, convolutions and attentions; the rest, a few percent of a
     * transformer, is not counted, as is usual.
     */
    public static long of(Graph graph) {
        return graph.nodes().stream().mapToLong(Flops::of).sum();
    }

    private static long of(Node node) {
        long results = node.outputs().get(0).shape().size();
        Op op = node.op();
        if (op instanceof Linear) {
            return 2 * results * node.input(0).shape().dim(-1);
        }
        if (op instanceof MatMul m) {
            return 2 * results * node.input(0).shape().dim(m.transposeA() ? -2 : -1);
        }
        if (op instanceof Conv2d) {
            Shape weight = node.input(1).shape();
            return 2 * results * weight.dim(1) * weight.dim(2) * weight.dim(3);
        }
        if (op instanceof Attention) {
            Shape q = node.input(0).shape();
            long keys = node.input(1).shape().dim(2);
            return 2 * q.size() * keys + 2 * results * keys;
        }
        return 0;
    }
}

package org.fovea.core.graph;

import org.fovea.core.tensor.Shape;

/** Counts the arithmetic of a graph: two floating-point operations per multiplication and addition of a product. */
public final class Flops {
    private Flops() {}

    /**
     * Floating-point operations of a graph's matrix products, linear maps, convolutions and attentions and of their
     * derivatives. As usual, the rest, a few percent of a transformer, is not counted; neither is recomputation by {@link
     * Recomputation} or a backend.
     */
    public static long of(Graph graph) {
        return graph.nodes().stream()
                .filter(node -> node.original().isEmpty())
                .mapToLong(Flops::of)
                .sum();
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
            return convolution(node.outputs().get(0).shape(), node.input(1).shape());
        }
        if (op instanceof Conv2dInputGradient) {
            return convolution(node.input(1).shape(), node.input(0).shape());
        }
        if (op instanceof Conv2dWeightGradient gradient) {
            return convolution(node.input(1).shape(), gradient.weight());
        }
        if (op instanceof Attention) {
            return attention(node, node.outputs().get(0).shape());
        }
        if (op instanceof AttentionGradient gradient) {
            return 2 * attention(node, node.input(gradient.masked() ? 4 : 3).shape());
        }
        return 0;
    }

    /** Operations of a convolution or one of its derivatives, which all multiply the same pairs. */
    private static long convolution(Shape y, Shape weight) {
        return 2 * y.size() * weight.dim(1) * weight.dim(2) * weight.dim(3);
    }

    /** Operations of the two products of attention, or of their derivatives, of which each product has two of its own size. */
    private static long attention(Node node, Shape y) {
        long keys = node.input(1).shape().dim(2);
        return 2 * node.input(0).shape().size() * keys + 2 * y.size() * keys;
    }
}

package org.fovea.core.backend.onednn;

import java.util.HashMap;
import java.util.Map;
import org.fovea.core.backend.Precision;
import org.fovea.core.graph.Attention;
import org.fovea.core.graph.AttentionGradient;
import org.fovea.core.graph.Concat;
import org.fovea.core.graph.Conv2d;
import org.fovea.core.graph.Conv2dInputGradient;
import org.fovea.core.graph.Conv2dWeightGradient;
import org.fovea.core.graph.Detach;
import org.fovea.core.graph.ElementKind;
import org.fovea.core.graph.Gelu;
import org.fovea.core.graph.GeluGradient;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.LayerNorm;
import org.fovea.core.graph.Linear;
import org.fovea.core.graph.MatMul;
import org.fovea.core.graph.Node;
import org.fovea.core.graph.Op;
import org.fovea.core.graph.Permute;
import org.fovea.core.graph.Pool2d;
import org.fovea.core.graph.Pool2dGradient;
import org.fovea.core.graph.Reduce;
import org.fovea.core.graph.ReduceKind;
import org.fovea.core.graph.Reshape;
import org.fovea.core.graph.Resize2d;
import org.fovea.core.graph.ScatterUpdate;
import org.fovea.core.graph.Slice;
import org.fovea.core.graph.State;
import org.fovea.core.graph.StateKind;
import org.fovea.core.graph.Unary;
import org.fovea.core.graph.UnaryGradient;
import org.fovea.core.graph.Value;

/**
 * The type in which each value is stored: bfloat16 where it only feeds products, which read it so anyway, and single
 * everywhere else, above all in sums that run through the whole network.
 */
final class StorageTypes {
    private final Map<Value, Boolean> feedsProductsOnly = new HashMap<>();
    private final Fusion fusion;
    private final boolean narrow;
    private final boolean hasInt8Weights;

    StorageTypes(Graph graph, Fusion fusion, Precision precision, boolean bf16) {
        this.fusion = fusion;
        narrow = bf16 && precision != Precision.F32 && precision != Precision.F32_INT8_WEIGHTS;
        hasInt8Weights = precision.hasInt8Weights();
        if (!narrow) {
            return;
        }
        graph.nextStates()
                .forEach((state, next) ->
                        feedsProductsOnly.merge(next, of(state) == ElementType.BF16, Boolean::logicalAnd));
        for (int i = graph.nodes().size() - 1; i >= 0; i--) {
            Node node = graph.nodes().get(i);
            if (fusion.isNeeded(node)) {
                for (int k = 0; k < node.inputs().size(); k++) {
                    feedsProductsOnly.merge(node.input(k), isProductUse(node, k), Boolean::logicalAnd);
                }
            }
        }
        graph.outputs().values().forEach(v -> feedsProductsOnly.put(v, false));
        graph.updates().values().forEach(v -> feedsProductsOnly.put(v, false));
    }

    /**
     * Returns whether an operand is read by a product, directly or through views and operations that preserve 8 bits of
     * precision as well as a product: activations, pooling, their derivatives, and sums, which add in single precision.
     */
    private boolean isProductUse(Node node, int operand) {
        Op op = node.op();
        if (op instanceof Reshape
                || op instanceof Detach
                || op instanceof Permute
                || op instanceof Slice
                || op instanceof Concat
                || isResampling(node)) {
            return feedsProductsOnly.getOrDefault(node.outputs().get(0), false);
        }
        if (op instanceof Linear) { // with 8-bit weights the product uses more bits of its operand than bfloat16 has
            return operand == 0 && !hasInt8Weights;
        }
        if (op instanceof Conv2d) {
            return operand == 0;
        }
        if (op instanceof Conv2dInputGradient) {
            return operand == 1;
        }
        if (op instanceof ScatterUpdate) {
            return operand == 2 && of(node.outputs().get(0)) == ElementType.BF16;
        }
        if (op instanceof AttentionGradient gradient) {
            return operand != 3 || !gradient.masked();
        }
        return op instanceof MatMul
                || op instanceof Conv2dWeightGradient
                || (op instanceof Attention && operand < 3)
                || (op instanceof Reduce reduce && reduce.kind() == ReduceKind.SUM)
                || isActivation(op);
    }

    /** Returns whether a node is a resizing by oneDNN's resampling, or adds its result to other feature maps. */
    private boolean isResampling(Node node) {
        return fusion.isResampledSum(node)
                || (node.op() instanceof Resize2d resize && ResizeLowering.resamples(resize, node));
    }

    private static boolean isActivation(Op op) {
        return op instanceof Gelu
                || op instanceof GeluGradient
                || op instanceof UnaryGradient
                || op instanceof Pool2d
                || op instanceof Pool2dGradient
                || (op instanceof Unary unary && Fusion.ACTIVATIONS.contains(unary.kind()));
    }

    ElementType of(Value value) {
        if (value.type().kind() == ElementKind.INDEX) {
            return ElementType.S32;
        }
        Op op = value.node().op();
        if (op instanceof State state) {
            return state.kind() == StateKind.CACHE ? productType() : ElementType.F32;
        }
        if (fusion.isInPlace(value.node())) {
            return of(value.node().input(0));
        }
        boolean canWrite = op instanceof Linear
                || op instanceof LayerNorm
                || op instanceof Unary
                || op instanceof MatMul
                || op instanceof Concat
                || op instanceof Conv2d
                || op instanceof Conv2dInputGradient
                || isActivation(op)
                || isResampling(value.node())
                || (op instanceof Attention && value.index() == 0)
                || (op instanceof AttentionGradient && value.index() < 3);
        return narrow && canWrite && feedsProductsOnly.getOrDefault(value, false) ? ElementType.BF16 : ElementType.F32;
    }

    /** Type of the operands of products. */
    ElementType productType() {
        return narrow ? ElementType.BF16 : ElementType.F32;
    }
}

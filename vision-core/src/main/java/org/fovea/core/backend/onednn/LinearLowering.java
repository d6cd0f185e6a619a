package org.fovea.core.backend.onednn;

import org.fovea.core.backend.Precision;
import org.fovea.core.graph.Node;
import org.fovea.core.graph.Parameter;
import org.fovea.core.graph.Value;

/**
 * Linear maps with their epilogues: one product with packed weights; bias, activation and residual sum ride on it.
 *
 * <p>At {@link Precision#INT8} each image's activations are scaled by their largest magnitude to 8 bits, and the product
 * scaled back per image and per output channel. Maps that make a result of the graph keep the next wider precision: the
 * last bits of a label's score count. So do narrow maps, and maps of a matrix without a batch axis, which has no images to
 * scale apart.
 *
 * <p>Where weights alone are 8-bit, all rows go into one product, each as two of 8 bits: see {@link SplitRows}.
 */
final class LinearLowering {
    /**
     * Minimum number of input and output channels of a map computed on 8-bit integers: for fewer, quantizing the activations
     * costs more than the product saves (12 layers of 197 tokens, ms at bf16 and int8: 48 wide 0.29 and 0.60, 96 wide 0.78 and
     * 0.86, 128 wide 0.87 and 0.72, 192 wide 1.80 and 1.31).
     */
    static final int LEAST_SCALED_CHANNELS = 128;

    private LinearLowering() {}

    static void lower(Lowering to, Node last) {
        Fusion.Epilogue fused = to.fusion.epilogue(last);
        Node linear = fused.head();
        Value out = last.outputs().get(0);
        if (out.shape().size() == 0) {
            to.result(out);
            return;
        }
        Value x = linear.input(0);
        int in = x.shape().dim(-1);
        int rows = Math.toIntExact(out.shape().size() / linear.input(1).shape().dim(0));
        if (in == 0) {
            throw new IllegalArgumentException(linear + ": x must have channels, got " + x.shape());
        }
        boolean scaled = to.precision == Precision.INT8 && isScaled(linear, out);
        View y = to.result(out);
        if (to.precision.hasInt8Weights() && linear.input(1).node().op() instanceof Parameter) {
            SplitRows split = to.splitRows.computeIfAbsent(
                    x,
                    value -> SplitRows.of(
                            to, to.dense(to.as(ElementType.F32, to.of(x))).reshape(rows, in)));
            split.product(to, fused, y.reshape(rows, y.sizes()[y.rank() - 1]));
        } else if (scaled) {
            int images = x.shape().dim(0);
            View flat = to.dense(to.of(x)).reshape(images, rows / images * in);
            LinearProduct.scaled(to, fused, QuantizedImages.of(to, flat), rows / images, y);
        } else {
            View matrix = to.as(to.types.productType(), rows(to, to.of(x), rows, in));
            LinearProduct.plain(to, fused, matrix, y.reshape(rows, y.sizes()[y.rank() - 1]));
        }
    }

    private static boolean isScaled(Node linear, Value out) {
        Value weight = linear.input(1);
        return weight.node().op() instanceof Parameter
                && linear.input(0).shape().rank() > 2
                && !linear.graph().outputs().containsValue(out)
                && Math.min(weight.shape().dim(0), weight.shape().dim(1)) >= LEAST_SCALED_CHANNELS;
    }

    /** View of x as a matrix with dense rows, with or without gaps between the rows. */
    private static View rows(Lowering to, View x, int rows, int in) {
        View matrix = x.reshape(rows, in);
        if (matrix != null && (matrix.strides()[1] == 1 || in == 1) && matrix.strides()[0] >= in) {
            return matrix;
        }
        return to.dense(x).reshape(rows, in);
    }
}

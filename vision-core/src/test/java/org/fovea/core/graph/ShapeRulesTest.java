package org.fovea.core.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.fovea.core.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Shapes that the shape rules refuse; the errors name the operation, the rule and the shapes. */
class ShapeRulesTest {
    private final Graph graph = new Graph();

    @Test
    void elementwiseNeedsSizesThatBroadcast() {
        assertMessage("Binary[kind=ADD]: sizes of aligned axes must be equal or 1, got [[2, 3], [2]]", () -> fill(2, 3)
                .add(fill(2)));
        assertMessage("operands must be real numbers", () -> fill(2).add(graph.indexInput("i", 2)));
        assertMessage("sizes of aligned axes", () -> fill(2).select(fill(3), fill(1)));
        assertMessage("Dropout: the rate must lie in [0, 1), got 1.0", () -> new Dropout(1, 0));
    }

    @Test
    void productsNeedEqualInnerSizes() {
        assertMessage(
                "MatMul[transposeA=false, transposeB=false]: inner sizes must be equal, got [[2, 3], [2, 3]]",
                () -> fill(2, 3).matmul(fill(2, 3)));
        assertMessage("operands must have at least 2 axes", () -> fill(3).matmul(fill(3, 2)));
        assertMessage("must equal the weight's columns, got [[2, 3], [4, 2]]", () -> fill(2, 3)
                .linear(fill(4, 2)));
        assertMessage("the bias must have one number", () -> fill(2, 3).linear(fill(4, 3), fill(3)));
    }

    @Test
    void layoutKeepsElementsAndAxes() {
        assertMessage("Reshape[shape=[5]]: the element count must stay, got [[2, 3]]", () -> fill(2, 3)
                .reshape(5));
        assertMessage("axes must name every axis of x once", () -> fill(2, 3).permute(0, 0));
        assertMessage("0 <= begin <= end <= size must hold", () -> fill(2, 3).slice(1, 2, 4));
        assertMessage("counts must be at least 0", () -> fill(2, 3).pad(1, -1, 0));
        assertMessage("operands must agree on all other axes", () -> fill(2, 3).concat(0, fill(2, 2)));
        assertMessage("x must broadcast to the shape", () -> graph.apply(new Broadcast(Shape.of(1, 3)), fill(2, 3)));
        assertMessage("index must be indices", () -> fill(2, 3).gather(0, fill(1)));
        assertMessage("index must be indices", () -> fill(2, 3).scatterUpdate(0, fill(1), fill(1, 3)));
        Value index = graph.indexInput("rows", 2);
        assertMessage(
                "u must have the axes of x, those of the index in place of the axis, got [[4, 3], index[2], [2, 4]]",
                () -> fill(4, 3).scatterUpdate(0, index, fill(2, 4)));
        assertMessage("operands must be real numbers", () -> index.scatterUpdate(0, index, fill(2)));
    }

    @Test
    void normsNeedAnEpsilonThatFloatsHold() {
        for (double epsilon : new double[] {0, -1e-5, 1e-300, 1e-40, 1e300, Double.NaN}) {
            String rule = "epsilon must lie in [1.2e-38, 3.4e38], above 0 in float32 too, got " + epsilon;
            assertMessage("LayerNorm: " + rule, () -> new LayerNorm(epsilon));
            assertMessage("GroupNorm: " + rule, () -> new GroupNorm(1, epsilon));
            assertMessage("BatchNorm: " + rule, () -> new BatchNorm(epsilon));
        }
        assertEquals(1e-12, new LayerNorm(1e-12).epsilon());
    }

    @Test
    void reductionsNeedElements() {
        assertMessage("reduced axes must not be empty", () -> fill(2, 0).max(false, 1));
        assertMessage("axes must be distinct axes of x", () -> fill(2, 3).sum(false, 1, 1));
        assertMessage("axis must be one of x, not empty", () -> fill(2, 0).argMax(1));
    }

    @Test
    void normsNeedANumberPerChannel() {
        assertMessage("γ and β must have one number per channel, got [[2, 3], [2], [3]]", () -> fill(2, 3)
                .layerNorm(fill(2), fill(3), 1e-5));
        assertMessage(
                "every channel must have an element",
                () -> graph.add(new BatchNorm(1e-5), List.of(fill(0, 3), fill(3), fill(3))));
        assertMessage(
                "groups must divide the channels",
                () -> graph.apply(new GroupNorm(2, 1e-5), fill(2, 3), fill(3), fill(3)));
        assertMessage(
                "γ must have one number per channel",
                () -> graph.add(new LayerNormGradient(1e-5), List.of(fill(2, 3), fill(2), fill(2, 3))));
        assertMessage(
                "γ, μ and σ² must have one number per channel",
                () -> graph.add(
                        new BatchNormGradient(1e-5), List.of(fill(2, 3), fill(3), fill(3), fill(2), fill(2, 3))));
        assertMessage(
                "γ must have one number per channel",
                () -> graph.add(new GroupNormGradient(1, 1e-5), List.of(fill(2, 3), fill(2), fill(2, 3))));
    }

    @Test
    void attentionNeedsKeysAndAMaskThatBroadcasts() {
        Value q = fill(1, 2, 3, 4);
        assertMessage(
                "q and k must agree on batch, heads and head width",
                () -> graph.apply(new Attention(1, false), q, fill(1, 2, 3, 5), q));
        assertMessage(
                "there must be a key, and widths of 1 or more",
                () -> graph.apply(new Attention(1, false), q, fill(1, 2, 0, 4), fill(1, 2, 0, 4)));
        assertMessage("sizes of aligned axes", () -> graph.apply(new Attention(1, true), q, q, q, fill(3, 2)));
        assertMessage(
                "the mask must broadcast to [B, heads, N, M]",
                () -> graph.apply(new Attention(1, true), q, q, q, fill(2, 1, 1, 1, 1)));
    }

    @Test
    void imagesNeedWindowsThatFit() {
        assertMessage("the kernel fit the padded image", () -> fill(1, 3, 4, 4)
                .conv2d(fill(2, 3, 5, 5), ConvWindow.of(1, 0)));
        assertMessage("the kernel fit the padded image", () -> fill(1, 3, 4, 4)
                .conv2d(fill(2, 3, 0, 1), ConvWindow.of(1, 0)));
        assertMessage("strides, dilations and groups must be at least 1", () -> ConvWindow.of(0, 0));
        assertMessage("padding must be between 0 and half the window", () -> PoolWindow.of(2, 1, 2));
        assertMessage(
                "the window fit the padded image", () -> fill(1, 1, 0, 4).pool2d(PoolKind.MAX, PoolWindow.of(2, 1, 1)));
        assertMessage(
                "NEAREST takes neither alignCorners nor antialias",
                () -> graph.apply(new Resize2d(ResizeKind.NEAREST, 2, 2, true, false), fill(1, 1, 3, 3)));
        assertMessage(
                "grid [B, h, w, 2]",
                () -> graph.apply(new GridSample(GridPadding.ZEROS, false), fill(1, 1, 3, 3), fill(1, 2, 2, 3)));
    }

    @Test
    void windowsGiveTheShapeOfTheResult() {
        assertEquals(
                Shape.of(2, 768, 14, 14),
                fill(2, 3, 224, 224)
                        .conv2d(fill(768, 3, 16, 16), ConvWindow.of(16, 0))
                        .shape());
        assertEquals(
                Shape.of(1, 4, 4, 5),
                fill(1, 2, 7, 9)
                        .conv2d(fill(4, 2, 3, 3), ConvWindow.of(2, 2).dilated(2))
                        .shape());
        assertEquals(
                Shape.of(1, 2, 4, 4),
                fill(1, 2, 7, 8).pool2d(PoolKind.MAX, PoolWindow.of(3, 2, 1)).shape());
    }

    @Test
    void theGradientOfALinearMapWithoutInputsHasTheShapesOfItsOperands() {
        Value x = graph.input("x", 2, 0);
        Value w = graph.input("w", 3, 0);
        Value loss = x.linear(w).sum(false, 0, 1);
        assertEquals(
                Shape.of(3, 0), Gradients.of(graph, loss, List.of(w)).get(w).shape());
    }

    private Value fill(int... sizes) {
        return graph.fill(1, sizes);
    }

    private static void assertMessage(String part, Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(part), message);
    }
}

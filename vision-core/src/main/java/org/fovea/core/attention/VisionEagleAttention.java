package org.fovea.core.attention;

import org.fovea.core.graph.ConvWindow;
import org.fovea.core.graph.Resize2d;
import org.fovea.core.graph.ResizeKind;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.ConvLayer;
import org.fovea.core.nn.Scope;

/**
 * Vision eagle attention, one gate: A = up(σ(conv₁ₓ₁(ReLU(conv₃ₓ₃(f))))) with the 3x3 convolution of stride 2 from C to 2C
 * channels, the 1x1 one to a single channel, and up bilinear to the size of what is gated; y = x·A. {@link EagleBackbones}
 * has the paper's three gates.
 *
 * @see <a href="https://arxiv.org/abs/2411.10564">Hasan 2024, section 3</a>
 */
public record VisionEagleAttention() {
    /**
     * Adds the gate and its weights {@code in} and {@code out}, a {@link ConvLayer} each.
     *
     * @param features f {@code [B, C, h, w]}, from which the gate is computed
     * @param x {@code [B, D, H, W]}, which the gate multiplies
     * @return values {@code [B, D, H, W]}, weights {@code [B, 1, H, W]}, 0 to 1
     * @throws IllegalArgumentException when the shapes do not fit
     */
    public AttentionOutput build(Scope scope, Value features, Value x) {
        Images.check("VisionEagleAttention", features);
        Images.check("VisionEagleAttention", x);
        if (features.shape().dim(0) != x.shape().dim(0)) {
            throw new IllegalArgumentException(
                    "VisionEagleAttention: the features and what they gate must be of the same batch, got "
                            + features.shape() + " and " + x.shape());
        }
        Value h = new ConvLayer(2 * features.shape().dim(1), 3, ConvWindow.of(2, 1), true)
                .build(scope.child("in"), features)
                .relu(); // [B, 2C, h/2, w/2]
        Value small = ConvLayer.same(1, 1).build(scope.child("out"), h).sigmoid();
        Resize2d up =
                new Resize2d(ResizeKind.BILINEAR, x.shape().dim(2), x.shape().dim(3), false, false);
        Value shares = x.graph().apply(up, small); // [B, 1, H, W]
        return AttentionOutput.of(x.multiply(shares), () -> shares);
    }
}

package org.fovea.core.nn;

import org.fovea.core.Check;
import org.fovea.core.graph.ConvWindow;
import org.fovea.core.graph.PoolKind;
import org.fovea.core.graph.PoolWindow;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Shape;

/**
 * Turns an image into tokens by convolutions without bias, each followed by max(x, 0) and a largest-of-3x3 pooling with
 * stride 2.
 *
 * @param kernel side of each convolution's kernel, odd
 * @param stride of each convolution
 * @param layers number of convolutions
 * @param planes channels between the convolutions
 * @see <a href="https://arxiv.org/abs/2104.05704">Hassani et al. 2021, section 3.3</a>
 */
public record ConvTokenizer(int kernel, int stride, int layers, int planes) {
    private static final PoolWindow POOL = PoolWindow.of(3, 2, 1);

    /** Checks the sizes. */
    public ConvTokenizer {
        Check.positive("ConvTokenizer: kernel", kernel);
        Check.positive("ConvTokenizer: stride", stride);
        Check.positive("ConvTokenizer: layers", layers);
        Check.positive("ConvTokenizer: planes", planes);
        Check.that(kernel % 2 != 0, "ConvTokenizer: kernel", "be odd", kernel);
    }

    /** Creates the authors' tokenizer for a kernel: 64 planes; stride 1 for a kernel of 3, 2 for one of 7. */
    public static ConvTokenizer of(int kernel, int layers) {
        return new ConvTokenizer(kernel, Math.max(1, kernel / 2 - 1), layers, 64);
    }

    /** Number of tokens along a side of {@code pixels} pixels. */
    public int tokens(int pixels) {
        int side = pixels;
        for (int i = 0; i < layers; i++) {
            side = (side - 1) / stride + 1; // keeps the size at stride 1
            side = (side - 1) / 2 + 1;
        }
        return side;
    }

    /**
     * Adds the operations and the weights {@code i.weight} [out, in, kernel, kernel].
     *
     * @param image {@code [B, C, H, W]}
     * @return {@code [B, N, width]}, row by row
     */
    public Value build(Scope scope, Value image, int width) {
        ConvWindow window = ConvWindow.of(stride, kernel / 2);
        Value x = image;
        for (int i = 0; i < layers; i++) {
            int out = i == layers - 1 ? width : planes;
            Scope layer = scope.child(Integer.toString(i)).enter();
            Value weight = layer.parameter("weight", out, x.shape().dim(1), kernel, kernel);
            x = x.conv2d(weight, window).relu().pool2d(PoolKind.MAX, POOL); // [B, out, H', W']
        }
        scope.enter();
        Shape s = x.shape();
        return x.permute(0, 2, 3, 1).reshape(s.dim(0), s.dim(2) * s.dim(3), width); // [B, N, width]
    }
}

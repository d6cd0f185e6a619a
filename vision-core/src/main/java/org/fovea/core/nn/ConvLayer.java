package org.fovea.core.nn;

import org.fovea.core.Check;
import org.fovea.core.graph.ConvWindow;
import org.fovea.core.graph.Value;

/**
 * A convolution with a square kernel.
 *
 * @param out number of channels of the result
 * @param kernel side, in pixels
 * @param window strides and padding of the kernel
 * @param bias whether a number per channel is added
 */
public record ConvLayer(int out, int kernel, ConvWindow window, boolean bias) {
    /** Checks the sizes. */
    public ConvLayer {
        Check.positive("ConvLayer: out", out);
        Check.positive("ConvLayer: kernel", kernel);
    }

    /** Creates a convolution with a bias that keeps height and width: stride 1, padding (kernel - 1)/2, an odd kernel. */
    public static ConvLayer same(int out, int kernel) {
        return new ConvLayer(out, kernel, ConvWindow.of(1, kernel / 2), true);
    }

    /**
     * Adds the convolution and its weights {@code weight} [out, C/groups, kernel, kernel] and {@code bias} [out].
     *
     * @param x {@code [B, C, H, W]}
     * @return {@code [B, out, H', W']}
     */
    public Value build(Scope scope, Value x) {
        Value weight = scope.parameter("weight", out, x.shape().dim(1) / window.groups(), kernel, kernel);
        return bias ? x.conv2d(weight, scope.parameter("bias", out), window) : x.conv2d(weight, window);
    }
}

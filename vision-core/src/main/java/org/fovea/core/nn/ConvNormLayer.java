package org.fovea.core.nn;

import org.fovea.core.graph.Value;

/**
 * A convolution without a bias, normalized over the batch. Out of training the norm is taken into the convolution's weights and
 * costs nothing.
 *
 * @param conv convolution without a bias
 */
public record ConvNormLayer(ConvLayer conv, BatchNormLayer norm) {
    /** Checks the convolution. */
    public ConvNormLayer {
        if (conv.bias()) {
            throw new IllegalArgumentException(
                    "ConvNormLayer: the convolution must be without a bias, which the norm would take away, got "
                            + conv);
        }
    }

    /**
     * Adds convolution and norm and their weights: {@code weight} and, below {@code norm}, those of the norm.
     *
     * @param x {@code [B, C, H, W]}
     * @return {@code [B, out, H', W']}
     */
    public Value build(Scope scope, Value x) {
        Scope at = scope.enter();
        if (scope.isTraining()) {
            return norm.build(scope.child("norm"), conv.build(at, x));
        }
        int out = conv.out();
        int kernel = conv.kernel();
        Value weight =
                at.parameter("weight", out, x.shape().dim(1) / conv.window().groups(), kernel, kernel);
        BatchNormLayer.Map map = norm.map(scope.child("norm"), out);
        return x.conv2d(weight.multiply(map.factor().reshape(out, 1, 1, 1)), map.shift(), conv.window());
    }
}

package org.fovea.core.nn;

import org.fovea.core.graph.ConvWindow;
import org.fovea.core.graph.UnaryKind;
import org.fovea.core.graph.Value;

/**
 * A convolution without bias and the batch normalization after it. In use both are one convolution: the running averages are
 * folded into its weight and a bias.
 *
 * @param out number of channels of the result
 * @param kernel side, in pixels
 * @param stride stride, in pixels
 * @param pad zeros around the image, in pixels
 */
public record NormedConv(int out, int kernel, int stride, int pad) {
    private static final BatchNormLayer NORM = BatchNormLayer.standard();

    /** Creates a convolution that keeps height and width at stride 1 and halves even ones at stride 2; the kernel is odd. */
    public static NormedConv of(int out, int kernel, int stride) {
        return new NormedConv(out, kernel, stride, kernel / 2);
    }

    /**
     * Adds convolution and norm and their weights {@code weight} [out, C, kernel, kernel] and, below {@code norm}, those of
     * {@link BatchNormLayer}.
     *
     * @param x {@code [B, C, H, W]}
     * @return {@code [B, out, H', W']}
     */
    public Value build(Scope scope, Value x) {
        ConvWindow window = ConvWindow.of(stride, pad);
        Scope at = scope.enter();
        if (at.isTraining()) {
            return NORM.build(at.child("norm"), new ConvLayer(out, kernel, window, false).build(at, x));
        }
        Scope norm = at.child("norm");
        Value deviation = norm.parameter("running_variance", out)
                .affine(1, NORM.epsilon())
                .unary(UnaryKind.SQRT);
        Value factor = norm.parameter("scale", out).divide(deviation); // [out]
        Value shift = norm.parameter("shift", out)
                .subtract(norm.parameter("running_mean", out).multiply(factor)); // [out]
        Value weight = at.parameter("weight", out, x.shape().dim(1), kernel, kernel);
        return x.conv2d(weight.multiply(factor.reshape(out, 1, 1, 1)), shift, window);
    }
}

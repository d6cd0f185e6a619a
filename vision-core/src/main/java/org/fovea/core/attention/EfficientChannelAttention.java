package org.fovea.core.attention;

import org.fovea.core.Check;
import org.fovea.core.graph.ConvWindow;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.Scope;

/**
 * Efficient channel attention (ECA): s = σ(w * z), a convolution along the channels, with z the mean of each channel over all
 * places; y = s·x. Each share depends on {@code kernel} neighboring channels.
 *
 * @param kernel length of w, odd; {@link #of} gives the paper's
 * @see <a href="https://arxiv.org/abs/1910.03151">Wang et al. 2020, equations 8 and 12</a>
 */
public record EfficientChannelAttention(int kernel) implements ImageAttention {
    /** Checks the size. */
    public EfficientChannelAttention {
        Check.that(
                kernel >= 1 && kernel % 2 != 0, "EfficientChannelAttention: kernel", "be odd and at least 1", kernel);
    }

    /**
     * Mechanism for {@code channels} channels, with the kernel length that is the odd number nearest to log₂(C)/2 + 1/2,
     * rounded as in the authors' code.
     */
    public static EfficientChannelAttention of(int channels) {
        int kernel = (int) ((Math.log(channels) / Math.log(2) + 1) / 2);
        return new EfficientChannelAttention(kernel % 2 == 0 ? kernel + 1 : kernel);
    }

    /**
     * Adds the mechanism and its weight {@code weight} [1, 1, 1, kernel].
     *
     * @param x {@code [B, C, H, W]}
     * @return values {@code [B, C, H, W]}, weights {@code [B, C]}, 0 to 1
     * @throws IllegalArgumentException unless x has four axes
     */
    @Override
    public AttentionOutput build(Scope scope, Value x) {
        Images.check("EfficientChannelAttention", x);
        Value shares = alongChannels(scope, Images.average(x), kernel).sigmoid();
        return AttentionOutput.of(Images.gateChannels(x, shares), () -> shares);
    }

    /** Convolution of {@code [B, C]} along the channels. */
    static Value alongChannels(Scope scope, Value z, int kernel) {
        int batch = z.shape().dim(0);
        int channels = z.shape().dim(1);
        ConvWindow window = new ConvWindow(1, 1, 0, kernel / 2, 1, 1, 1);
        return z.reshape(batch, 1, 1, channels)
                .conv2d(scope.parameter("weight", 1, 1, 1, kernel), window)
                .reshape(batch, channels);
    }
}

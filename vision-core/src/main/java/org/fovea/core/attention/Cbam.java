package org.fovea.core.attention;

import org.fovea.core.Check;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Activation;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.ConvLayer;
import org.fovea.core.nn.Mlp;
import org.fovea.core.nn.Scope;

/**
 * The convolutional block attention module: channels, then places. c = σ(MLP(mean over places) + MLP(largest over places)), x' =
 * c·x; p = σ(conv([mean over channels; largest over channels])), y = p·x'.
 *
 * <p>Departure from the authors' code: no batch norm after the convolution, which the paper's equation has not either; the
 * convolution has a bias, into which one can be folded.
 *
 * @param reduction the MLP has C/reduction hidden units; 16 in the paper
 * @param kernel side of the convolution's kernel, odd; 7 in the paper
 * @see <a href="https://arxiv.org/abs/1807.06521">Woo et al. 2018, equations 1 to 3</a>
 */
public record Cbam(int reduction, int kernel) implements ImageAttention {
    /** Checks the sizes. */
    public Cbam {
        Check.positive("Cbam: reduction", reduction);
        Check.that(kernel >= 1 && kernel % 2 != 0, "Cbam: kernel", "be odd and at least 1", kernel);
    }

    /**
     * Adds the mechanism and its weights {@code channels} (an {@link Mlp}) and {@code places} (a {@link ConvLayer}).
     *
     * @param x {@code [B, C, H, W]}
     * @return values {@code [B, C, H, W]}, weights {@code channels} {@code [B, C]} (c) and {@code places} {@code [B, 1, H, W]} (p)
     * @throws IllegalArgumentException when x does not have four axes or has fewer channels than the reduction
     */
    @Override
    public AttentionOutput build(Scope scope, Value x) {
        Mlp mlp = new Mlp(SqueezeExcitation.hidden("Cbam", x, reduction), Activation.RELU);
        Scope at = scope.child("channels");
        Value channels = mlp.build(at, Images.average(x))
                .add(mlp.build(at.shared(), Images.largest(x)))
                .sigmoid(); // [B, C]
        Value chosen = Images.gateChannels(x, channels);
        Value both = chosen.mean(true, 1).concat(1, chosen.max(true, 1)); // [B, 2, H, W]
        Value places =
                ConvLayer.same(1, kernel).build(scope.child("places"), both).sigmoid(); // [B, 1, H, W]
        return AttentionOutput.of(chosen.multiply(places))
                .with("channels", () -> channels)
                .with("places", () -> places);
    }
}

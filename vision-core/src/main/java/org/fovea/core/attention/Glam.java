package org.fovea.core.attention;

import org.fovea.core.Check;
import org.fovea.core.graph.ConvWindow;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.ConvLayer;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.ScaledDotProduct;
import org.fovea.core.nn.Scope;

/**
 * Global-local attention (GLAM), all four of local and global times channels and places, y = w_l·F_l + w·x + w_g·F_g with (w_l,
 * w, w_g) the softmax of three learned numbers.
 *
 * <ul>
 *   <li>Local: channels c as in {@link EfficientChannelAttention}, x' = x·c + x; places p, 1x1 convolution of [r; three 3x3
 *       convolutions of r with dilations 1, 2, 3], r a 1x1 convolution of x; F_l = x'·p + x'.
 *   <li>Global: channels G = attention of the channels, q and k being σ(convolution along the means of the channels), v the
 *       channels themselves; x'' = x·G; places S = conv₁ₓ₁(attention of the places, q, k and v by 1x1 convolutions);
 *       F_g = x''·S + x''. Neither is scaled.
 * </ul>
 *
 * @param reduced channels of r and of q, k and v in the global spatial attention
 * @param kernel of the convolutions along channels, odd
 * @see <a href="https://arxiv.org/abs/2107.08000">Song et al. 2022, section 3</a>
 */
public record Glam(int reduced, int kernel) implements ImageAttention {
    private static final int DILATIONS = 3;

    /** Checks the sizes. */
    public Glam {
        Check.positive("Glam: reduced", reduced);
        Check.that(kernel >= 1 && kernel % 2 != 0, "Glam: kernel", "be odd and at least 1", kernel);
    }

    /**
     * Adds the module and its weights: {@code local.channels}, {@code local.reduce}, {@code local.dilated.i}, {@code
     * local.places}; {@code global.channel_query}, {@code global.channel_key}, {@code global.query}, {@code global.key}, {@code
     * global.value}, {@code global.output}; {@code mix} [3].
     *
     * @param x {@code [B, C, H, W]}
     * @return values y {@code [B, C, H, W]}, weights {@code local.channels} c {@code [B, C]}, {@code local.places} p {@code [B, 1,
     *     H, W]}, of any sign, {@code global.channels} {@code [B, 1, C, C]} and {@code global.places} {@code [B, 1, H·W, H·W]}
     * @throws IllegalArgumentException unless x has four axes
     */
    @Override
    public AttentionOutput build(Scope scope, Value x) {
        Images.check("Glam", x);
        AttentionOutput local = local(scope.child("local"), x);
        AttentionOutput global = global(scope.child("global"), x);
        Value mix = scope.parameter("mix", 3).softmax(0);
        Value y = local.values()
                .multiply(mix.slice(0, 0, 1))
                .add(x.multiply(mix.slice(0, 1, 2)))
                .add(global.values().multiply(mix.slice(0, 2, 3)));
        return AttentionOutput.of(y).with("local", local).with("global", global);
    }

    private AttentionOutput local(Scope scope, Value x) {
        AttentionOutput channels = new EfficientChannelAttention(kernel).build(scope.child("channels"), x);
        Value chosen = channels.values().add(x);
        Value r = ConvLayer.same(reduced, 1).build(scope.child("reduce"), x); // [B, reduced, H, W]
        Value wide = r;
        for (int i = 1; i <= DILATIONS; i++) {
            ConvLayer dilated = new ConvLayer(reduced, 3, ConvWindow.of(1, i).dilated(i), true);
            wide = wide.concat(1, dilated.build(scope.child("dilated", i), r)); // [B, (1 + i)·reduced, H, W]
        }
        Value places = ConvLayer.same(1, 1).build(scope.child("places"), wide); // [B, 1, H, W]
        return AttentionOutput.of(chosen.multiply(places).add(chosen))
                .with("channels", channels)
                .with("places", () -> places);
    }

    private AttentionOutput global(Scope scope, Value x) {
        int batch = x.shape().dim(0);
        int channels = x.shape().dim(1);
        int count = x.shape().dim(2) * x.shape().dim(3);
        ScaledDotProduct op = new ScaledDotProduct(1);
        Value means = Images.average(x);
        Value rows = x.reshape(batch, 1, channels, count);
        AttentionOutput mixed = op.build(
                scope,
                channelMap(scope.child("channel_query"), means),
                channelMap(scope.child("channel_key"), means),
                rows);
        Value chosen = x.multiply(mixed.values().reshape(x.shape().toArray()));
        Value tokens = Images.tokens(x); // [B, H·W, C]
        LinearLayer narrow = new LinearLayer(reduced, true);
        AttentionOutput places = op.build(
                scope,
                narrow.build(scope.child("query"), tokens).reshape(batch, 1, count, reduced),
                narrow.build(scope.child("key"), tokens).reshape(batch, 1, count, reduced),
                narrow.build(scope.child("value"), tokens).reshape(batch, 1, count, reduced));
        Value read = new LinearLayer(channels, true)
                .build(scope.child("output"), places.values().reshape(batch, count, reduced));
        Value scaled = chosen.multiply(Images.ofTokens(read, x)).add(chosen);
        return AttentionOutput.of(scaled).with("channels", mixed).with("places", places);
    }

    /** Projection of one number per channel, {@code [B, 1, C, 1]}. */
    private Value channelMap(Scope scope, Value means) {
        return EfficientChannelAttention.alongChannels(scope, means, kernel)
                .sigmoid()
                .reshape(means.shape().dim(0), 1, means.shape().dim(1), 1);
    }
}

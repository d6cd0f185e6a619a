package org.fovea.vit.model;

import java.util.ArrayList;
import java.util.List;
import org.fovea.core.Check;
import org.fovea.core.graph.ConvWindow;
import org.fovea.core.graph.Value;
import org.fovea.core.hub.ModelLimits;
import org.fovea.core.nn.Activation;
import org.fovea.core.nn.BatchNormLayer;
import org.fovea.core.nn.ConvLayer;
import org.fovea.core.nn.ConvNormLayer;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.Tokens;

/**
 * MobileNet without its head: a strided convolution, then in turn 3x3 convolutions of each channel alone and 1x1 convolutions of
 * all, each with batch normalization and an activation. Its tokens are the places of the last map.
 *
 * <p>Its weights below a scope: {@code stem.weight} [out, channels, 3, 3] and, i counting the convolutions after it, {@code
 * layers.i.weight} [C, 1, 3, 3] for even i and [out, C, 1, 1] for odd i, with the norms' below {@code stem.norm} and {@code
 * layers.i.norm}.
 *
 * @param imageHeight in pixels
 * @param imageWidth in pixels
 * @param channels of the image
 * @param multiplier factor of the number of channels of each layer, the paper's α
 * @param leastChannels minimum number of channels of a layer
 * @param activation activation after each norm
 * @param same whether to pad like TensorFlow, where the end gets the larger half of an odd padding; otherwise one pixel on each
 *     side
 * @param normEpsilon added to each variance
 * @param layers number of convolutions after the first, at most {@value #ALL_LAYERS}; fewer end with a finer feature map
 * @see <a href="https://arxiv.org/abs/1704.04861">Howard et al. 2017, table 1</a>
 */
public record MobileNetV1Encoder(
        int imageHeight,
        int imageWidth,
        int channels,
        double multiplier,
        int leastChannels,
        Activation activation,
        boolean same,
        double normEpsilon,
        int layers)
        implements GridEncoder {
    /** Number of layers of the whole network. */
    public static final int ALL_LAYERS = 26;

    private static final int STEM_CHANNELS = 32;
    private static final int KERNEL = 3;
    private static final double MOMENTUM = 0.9; // momentum of the running averages in training
    private static final List<Integer> STRIDES =
            List.of(1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1); // side of the 3x3 convolutions

    /** Checks the sizes. */
    public MobileNetV1Encoder {
        ModelLimits.check("MobileNetV1Encoder: imageHeight", imageHeight, 1, ModelLimits.IMAGE_PIXELS);
        ModelLimits.check("MobileNetV1Encoder: imageWidth", imageWidth, 1, ModelLimits.IMAGE_PIXELS);
        ModelLimits.check("MobileNetV1Encoder: channels", channels, 1, ModelLimits.CHANNELS);
        Check.that(
                multiplier > 0 && multiplier <= STEM_CHANNELS,
                "MobileNetV1Encoder: multiplier",
                "lie in (0, " + STEM_CHANNELS + "]",
                multiplier);
        ModelLimits.check("MobileNetV1Encoder: leastChannels", leastChannels, 1, ModelLimits.CHANNELS);
        Check.that(normEpsilon > 0, "MobileNetV1Encoder: normEpsilon", "be above 0", normEpsilon);
        ModelLimits.check("MobileNetV1Encoder: layers", layers, 1, ALL_LAYERS);
    }

    /** The whole network of the paper for images of 224 pixels. */
    public static MobileNetV1Encoder standard() {
        return new MobileNetV1Encoder(224, 224, 3, 1, 8, Activation.RELU6, true, 0.001, ALL_LAYERS);
    }

    /** Copy for images of another size. */
    public MobileNetV1Encoder withImage(int height, int width) {
        return new MobileNetV1Encoder(
                height, width, channels, multiplier, leastChannels, activation, same, normEpsilon, layers);
    }

    /** Copy with another channel multiplier. */
    public MobileNetV1Encoder withMultiplier(double value) {
        return new MobileNetV1Encoder(
                imageHeight, imageWidth, channels, value, leastChannels, activation, same, normEpsilon, layers);
    }

    /** Copy with only the first layers. */
    public MobileNetV1Encoder withLayers(int count) {
        return new MobileNetV1Encoder(
                imageHeight, imageWidth, channels, multiplier, leastChannels, activation, same, normEpsilon, count);
    }

    @Override
    public int width() {
        return channelsAfter(layers);
    }

    @Override
    public int depth() {
        return layers;
    }

    @Override
    public int heads() {
        return 0;
    }

    @Override
    public int gridRows() {
        return places(imageHeight);
    }

    @Override
    public int gridColumns() {
        return places(imageWidth);
    }

    private int places(int pixels) {
        int out = (pixels + 1) / 2;
        for (int i = 0; i < layers; i += 2) {
            out = (out + STRIDES.get(i / 2) - 1) / STRIDES.get(i / 2);
        }
        return out;
    }

    /** Channels after a number of layers; they double at the first pair and at each strided one. */
    private int channelsAfter(int count) {
        int wide = STEM_CHANNELS;
        for (int i = 0; i < count / 2; i++) {
            wide *= STRIDES.get(i) == 2 || i == 0 ? 2 : 1;
        }
        return Math.max((int) (wide * multiplier), leastChannels);
    }

    @Override
    public String describe() {
        return "MobileNetV1 of " + multiplier + " times the channels, " + layers + " layers, " + width() + " wide";
    }

    @Override
    public Tokens build(Scope scope, Value pixels) {
        List<Value> maps = maps(scope, pixels);
        return Tokens.ofMap(maps.get(layers - 1));
    }

    /**
     * Adds the encoder.
     *
     * @param pixels {@code [B, channels, H, W]}
     * @return feature map after each layer except the first convolution, {@code [B, C, H', W']}, like the reference's hidden
     *     states
     */
    public List<Value> maps(Scope scope, Value pixels) {
        Value x = layer(scope.child("stem"), pixels, channelsAfter(0), KERNEL, 2, 1);
        List<Value> out = new ArrayList<>();
        for (int i = 0; i < layers; i++) {
            Scope at = scope.child("layers", i);
            int in = x.shape().dim(1);
            x = i % 2 == 0
                    ? layer(at, x, in, KERNEL, STRIDES.get(i / 2), in)
                    : layer(at, x, channelsAfter(i + 1), 1, 1, 1);
            out.add(x);
        }
        return out;
    }

    private Value layer(Scope scope, Value x, int out, int kernel, int stride, int groups) {
        ConvWindow window = same
                ? ConvWindow.same(kernel, stride, x.shape().dim(2), x.shape().dim(3))
                : ConvWindow.of(stride, kernel / 2);
        ConvLayer conv = new ConvLayer(out, kernel, window.grouped(groups), false);
        return activation.build(new ConvNormLayer(conv, new BatchNormLayer(MOMENTUM, normEpsilon)).build(scope, x));
    }
}

package org.fovea.segmentation.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fovea.core.Check;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Resize2d;
import org.fovea.core.graph.ResizeKind;
import org.fovea.core.graph.UnaryKind;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.ConvLayer;
import org.fovea.core.nn.DropRates;
import org.fovea.core.nn.NormedConv;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.train.InitialParameters;
import org.fovea.core.weights.Parameters;

/**
 * A small convolutional encoder and decoder for segmentation, with attention to channels or places.
 *
 * <p>The encoder halves the image with each width; each resolution has one residual block. The decoder doubles it again, adds
 * what the encoder had there, and has a residual block too. Nothing runs at the image's own resolution: the last map gives four
 * pixels for each place. All of it is convolutional but for the attention, so that images may have any size.
 *
 * @param widths channels at 1/2, 1/4, … of the image's side, from the finest
 * @param attention where {@link FeatureAttention} says
 * @param classes K, the background included
 * @param hasDistance whether it also tells for each pixel how deep it lies in its object, from which objects that touch are
 *     told apart
 * @see <a href="https://arxiv.org/abs/1505.04597">Ronneberger et al. 2015</a>
 */
public record AttentionUNet(List<Integer> widths, FeatureAttention attention, int classes, boolean hasDistance) {
    /** The input: {@code [B, 3, H, W]}, RGB, 0 to 1; H and W multiples of {@link #stride}. */
    public static final String PIXELS = "pixel_values";
    /** Scores of the classes, {@code [B, K, H, W]}. */
    public static final String LOGITS = "logits";
    /** Scores of the depth, {@code [B, 1, H, W]}; their sigmoid is 1 at the middle of an object and 0 outside. */
    public static final String DISTANCE = "distance_logits";

    private static final int MOST_LEVELS = 6;
    private static final int STEM_KERNEL = 4;
    private static final int HEAD_KERNEL = 3;

    /** Checks the sizes. */
    public AttentionUNet {
        widths = List.copyOf(widths);
        Check.within(1, MOST_LEVELS, "AttentionUNet: number of widths", widths.size());
        widths.forEach(width -> Check.positive("AttentionUNet: width", width));
        Check.atLeast(2, "AttentionUNet: classes", classes);
    }

    /**
     * Results of the network.
     *
     * @param all {@code [B, K, H, W]}, or {@code [B, K + 1, H, W]} with the distance last
     * @param logits {@code [B, K, H, W]}
     * @param distance {@code [B, 1, H, W]}
     * @param features of the encoder at each resolution, {@code [B, C, H/2ⁱ, W/2ⁱ]}
     * @param attention by the number of the resolution, from 0, where there is some
     */
    public record Maps(
            Value all,
            Value logits,
            Optional<Value> distance,
            List<Value> features,
            Map<Integer, AttentionOutput> attention) {}

    /** The number of maps: K, and one more with distance. */
    public int outputs() {
        return classes + (hasDistance ? 1 : 0);
    }

    /** Divisor of height and width. */
    public int stride() {
        return 1 << widths.size();
    }

    /**
     * Adds the network and its weights.
     *
     * @param pixels {@code [B, 3, H, W]}, RGB, 0 to 1
     * @throws IllegalArgumentException when height or width is no multiple of the stride
     */
    public Maps build(Scope scope, Value pixels) {
        int height = pixels.shape().dim(2);
        int width = pixels.shape().dim(3);
        Check.that(
                height % stride() == 0 && width % stride() == 0,
                "AttentionUNet: height and width",
                "be multiples of " + stride(),
                height + " x " + width);
        Map<Integer, AttentionOutput> attended = new LinkedHashMap<>();
        Value[] skips = new Value[widths.size()];
        Value x = pixels.concat(1, pixels.unary(UnaryKind.SQRT)); // dark images too fill the range
        for (int i = 0; i < skips.length; i++) {
            Scope at = scope.child("encoder", i);
            NormedConv down = i == 0
                    ? new NormedConv(widths.get(0), STEM_KERNEL, 2, (STEM_KERNEL - 2) / 2)
                    : NormedConv.of(widths.get(i), 3, 2);
            x = residual(at.child("block"), down.build(at.child("down"), x).relu()); // [B, C, H/2ⁱ⁺¹, W/2ⁱ⁺¹]
            if (attention.isAt(i == skips.length - 1)) {
                AttentionOutput read = attention.build(at.child("attention"), x);
                attended.put(i, read);
                x = read.values();
            }
            skips[i] = x;
        }
        for (int i = skips.length - 2; i >= 0; i--) {
            Scope at = scope.child("decoder", i);
            Value narrow = new NormedConv(widths.get(i), 1, 1, 0).build(at.child("project"), x);
            x = residual(at.child("block"), doubled(narrow).add(skips[i]).relu());
        }
        return maps(scope, x, List.of(skips), attended);
    }

    private Maps maps(Scope scope, Value x, List<Value> features, Map<Integer, AttentionOutput> attended) {
        Value quads = ConvLayer.same(4 * outputs(), HEAD_KERNEL)
                .build(scope.child("head").enter(), x);
        int[] s = x.shape().toArray();
        Value all = quads.reshape(s[0], outputs(), 2, 2, s[2], s[3])
                .permute(0, 1, 4, 2, 5, 3)
                .reshape(s[0], outputs(), 2 * s[2], 2 * s[3]); // [B, K + 1, H, W]
        return hasDistance
                ? new Maps(
                        all,
                        all.slice(1, 0, classes),
                        Optional.of(all.slice(1, classes, outputs())),
                        features,
                        attended)
                : new Maps(all, all, Optional.empty(), features, attended);
    }

    private static Value residual(Scope scope, Value x) {
        int channels = x.shape().dim(1);
        NormedConv conv = NormedConv.of(channels, 3, 1);
        Value inner = conv.build(scope.child("first"), x).relu();
        return conv.build(scope.child("second"), inner).add(x).relu();
    }

    private static Value doubled(Value x) {
        Resize2d twice = new Resize2d(
                ResizeKind.BILINEAR, 2 * x.shape().dim(2), 2 * x.shape().dim(3), false, false);
        return x.graph().apply(twice, x);
    }

    /** The graph that answers: input {@link #PIXELS}, outputs {@link #LOGITS} and {@link #DISTANCE} where it has that. */
    public Graph graph(int batch, int height, int width) {
        Graph graph = new Graph();
        Maps maps = build(Scope.of(graph), graph.input(PIXELS, batch, 3, height, width));
        graph.output(LOGITS, maps.logits());
        maps.distance().ifPresent(value -> graph.output(DISTANCE, value));
        return graph;
    }

    /** The shapes of all weights. */
    public Map<String, Shape> parameterShapes() {
        Map<String, Shape> out = new LinkedHashMap<>();
        training().parameters().forEach((name, value) -> out.put(name, value.shape()));
        return out;
    }

    /**
     * Values that training starts from.
     *
     * @param seed decides them
     */
    public Parameters initial(long seed) {
        Graph graph = training();
        Parameters random = InitialParameters.of(graph, seed);
        Map<String, Tensor> all = new LinkedHashMap<>();
        random.names().forEach(name -> all.put(name, random.tensor(name)));
        for (int i = 0; i < widths.size(); i++) {
            if (attention.isAt(i == widths.size() - 1)) {
                Scope at = Scope.of(graph).child("encoder", i).child("attention");
                all.putAll(attention.initial(at, widths.get(i)));
            }
        }
        return Parameters.of(all);
    }

    private Graph training() {
        Graph graph = new Graph();
        int side = 2 * stride(); // so that every channel has several elements
        build(Scope.training(graph, DropRates.none()), graph.input(PIXELS, 1, 3, side, side));
        return graph;
    }
}

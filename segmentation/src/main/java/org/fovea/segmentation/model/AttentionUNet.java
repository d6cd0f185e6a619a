package org.fovea.segmentation.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.fovea.core.Check;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Resize2d;
import org.fovea.core.graph.ResizeKind;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.ConvLayer;
import org.fovea.core.nn.NormedConv;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.train.InitialParameters;
import org.fovea.core.weights.Parameters;
import org.fovea.segmentation.model.AttentionLayout.Grid;

/**
 * A small convolutional encoder and decoder for segmentation, with attention to channels or places.
 *
 * <p>The encoder halves the image with each width; each resolution has one residual block. The decoder doubles it again, adds
 * what the encoder had there, and has a residual block too. Nothing runs at the image's own resolution: the last map gives four
 * pixels for each place. All of it is convolutional but for the attention, so that images may have any size.
 *
 * @param widths channels at 1/2, 1/4, … of the image's side, from the finest
 * @param attention attention mechanism, at the resolutions that {@link FeatureAttention} defines
 * @param classes number of classes, K, the background included
 * @param hasDistance whether the network also predicts the depth of each pixel within its object, which separates touching
 *     objects
 * @see <a href="https://arxiv.org/abs/1505.04597">Ronneberger et al. 2015</a>
 */
public record AttentionUNet(List<Integer> widths, FeatureAttention attention, int classes, boolean hasDistance)
        implements PixelNetwork {
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

    @Override
    public String describe() {
        return "U-Net of " + widths + " channels with " + attention.describe();
    }

    @Override
    public int stride() {
        return 1 << widths.size();
    }

    @Override
    public Maps build(Scope scope, Value pixels) {
        int height = pixels.shape().dim(2);
        int width = pixels.shape().dim(3);
        checkSides(height, width);
        List<Value> features = new ArrayList<>();
        Map<Integer, AttentionOutput> attended = new LinkedHashMap<>();
        Value last = decode(scope, encode(scope, pixels, features, attended), features);
        Value quads = ConvLayer.same(4 * outputs(), HEAD_KERNEL)
                .build(scope.child("head").enter(), last);
        int[] s = last.shape().toArray();
        Value all = quads.reshape(s[0], outputs(), 2, 2, s[2], s[3])
                .permute(0, 1, 4, 2, 5, 3)
                .reshape(s[0], outputs(), 2 * s[2], 2 * s[3]); // [B, K + 1, H, W]
        return Maps.of(all, classes, features, () -> {
            List<Value> out = new ArrayList<>();
            attended.forEach(
                    (level, read) -> out.addAll(weights(level, height, width).of(read)));
            return out;
        });
    }

    /** Computes the coarsest feature map, and adds that of every resolution to a list. */
    private Value encode(Scope scope, Value pixels, List<Value> features, Map<Integer, AttentionOutput> attended) {
        Value x = PixelNetwork.brightened(pixels);
        for (int i = 0; i < widths.size(); i++) {
            Scope at = scope.child("encoder", i);
            NormedConv down = i == 0
                    ? new NormedConv(widths.get(0), STEM_KERNEL, 2, (STEM_KERNEL - 2) / 2)
                    : NormedConv.of(widths.get(i), 3, 2);
            x = residual(at.child("block"), down.build(at.child("down"), x).relu()); // [B, C, H/2ⁱ⁺¹, W/2ⁱ⁺¹]
            if (attention.isAt(i == widths.size() - 1)) {
                AttentionOutput read = attention.build(at.child("attention"), x);
                attended.put(i, read);
                x = read.values();
            }
            features.add(x);
        }
        return x;
    }

    private Value decode(Scope scope, Value coarsest, List<Value> skips) {
        Value x = coarsest;
        for (int i = skips.size() - 2; i >= 0; i--) {
            Scope at = scope.child("decoder", i);
            Value narrow = new NormedConv(widths.get(i), 1, 1, 0).build(at.child("project"), x);
            x = residual(at.child("block"), doubled(narrow).add(skips.get(i)).relu());
        }
        return x; // [B, C, H/2, W/2]
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

    @Override
    public List<AttentionLayout> attentions(int height, int width) {
        return IntStream.range(0, widths.size())
                .filter(level -> attention.isAt(level == widths.size() - 1))
                .mapToObj(level -> weights(level, height, width).layouts())
                .flatMap(List::stream)
                .toList();
    }

    private AttentionWeights weights(int level, int height, int width) {
        Grid places = new Grid(height >> level + 1, width >> level + 1);
        return new AttentionWeights(attention, "1/" + (2 << level), widths.get(level), places, places);
    }

    @Override
    public Parameters initial(long seed) {
        Graph graph = trainingGraph();
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
}

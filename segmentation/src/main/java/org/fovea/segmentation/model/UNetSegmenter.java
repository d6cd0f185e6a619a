package org.fovea.segmentation.model;

import java.util.ArrayList;
import java.util.List;
import org.fovea.core.Check;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.Mode;
import org.fovea.core.nn.Scope;
import org.fovea.segmentation.model.AttentionLayout.Grid;
import org.fovea.segmentation.model.AttentionLayout.Kind;

/**
 * An {@link AttentionUNet} for images of one size: its maps, scores of the classes and then, where it tells it, that of the depth
 * in an object, at every pixel.
 */
public record UNetSegmenter(AttentionUNet network, int imageHeight, int imageWidth) implements SegmenterModel {
    private static final int CHANNELS = 3;

    /** Checks the size. */
    public UNetSegmenter {
        Check.that(
                imageHeight > 0
                        && imageWidth > 0
                        && imageHeight % network.stride() == 0
                        && imageWidth % network.stride() == 0,
                "UNetSegmenter: height and width",
                "be positive multiples of " + network.stride(),
                imageHeight + " x " + imageWidth);
    }

    @Override
    public String describe() {
        String attention = network.attention() == FeatureAttention.NONE
                ? "no attention"
                : network.attention().key() + " attention";
        return "U-Net of " + network.widths() + " channels with " + attention
                + (network.hasDistance() ? ", which tells objects apart" : "");
    }

    @Override
    public int channels() {
        return CHANNELS;
    }

    @Override
    public int outputs() {
        return network.outputs();
    }

    @Override
    public int multiple() {
        return network.stride();
    }

    @Override
    public UNetSegmenter withImage(int height, int width) {
        return new UNetSegmenter(network, height, width);
    }

    @Override
    public SegmenterValues build(Scope scope, Value pixels) {
        // Nothing is prepared: a graph for inference asks for the learned weights.
        Mode mode = scope.isTraining() ? Mode.TRAINING : Mode.EVALUATION;
        AttentionUNet.Maps maps = network.build(
                new Scope(scope.graph(), scope.path(), mode, scope.dropout(), scope.sharesWeights()), pixels);
        return new SegmenterValues(maps.all(), maps.features(), () -> {
            List<Value> out = new ArrayList<>();
            maps.attention().forEach((level, read) -> out.addAll(weights(level, read)));
            return out;
        });
    }

    /** The weights of the mechanism at a resolution, in the order of {@link #attentions}. */
    private List<Value> weights(int level, AttentionOutput read) {
        int places = rows(level) * columns(level);
        return switch (network.attention()) {
            case NONE -> List.of();
            case SE, ECA -> List.of(read.weights());
            case CBAM -> {
                Value gates = read.weights("places");
                yield List.of(
                        read.weights("channels"), gates.reshape(gates.shape().dim(0), places));
            }
            case DUAL -> List.of(read.weights("places"));
            case AXIAL -> List.of(across(level, read));
            case WINDOW -> List.of(read.weights("step1"));
        };
    }

    /**
     * The share of each place in each, through both steps of axial attention: that of its column in the row times that of its row
     * in the column; means over the heads.
     *
     * @return {@code [B, 1, H·W, H·W]}
     */
    private Value across(int level, AttentionOutput read) {
        int h = rows(level);
        int w = columns(level);
        Value along = h == 1 ? null : read.weights("step0.height").mean(false, 1); // [B·W, H, H]
        Value over = w == 1 ? null : read.weights("step0.width").mean(false, 1); // [B·H, W, W]
        Value columns = along == null
                ? null
                : along.reshape(-1, w, h, h).permute(0, 2, 3, 1).reshape(-1, h, 1, h, w); // [B, H, 1, H', W']
        Value rows = over == null ? null : over.reshape(-1, h, w, 1, w); // [B, H, W, 1, W']
        if (columns == null || rows == null) {
            return (columns == null ? over : along).reshape(-1, 1, h * w, h * w);
        }
        return rows.multiply(columns).reshape(-1, 1, h * w, h * w);
    }

    @Override
    public List<AttentionLayout> attentions() {
        List<AttentionLayout> out = new ArrayList<>();
        int levels = network.widths().size();
        for (int i = 0; i < levels; i++) {
            if (network.attention().isAt(i == levels - 1)) {
                String name = network.attention().key() + " at 1/" + (2 << i);
                Grid channels = new Grid(1, network.widths().get(i));
                Grid places = new Grid(rows(i), columns(i));
                Grid one = new Grid(1, 1);
                switch (network.attention()) {
                    case SE, ECA -> out.add(new AttentionLayout(name, Kind.CHANNELS, channels, one));
                    case CBAM -> {
                        out.add(new AttentionLayout(name, Kind.CHANNELS, channels, one));
                        out.add(new AttentionLayout(name, Kind.GATES, places, one));
                    }
                    default -> out.add(AttentionLayout.places(name, places, places));
                }
            }
        }
        return out;
    }

    private int rows(int level) {
        return imageHeight >> level + 1;
    }

    private int columns(int level) {
        return imageWidth >> level + 1;
    }
}

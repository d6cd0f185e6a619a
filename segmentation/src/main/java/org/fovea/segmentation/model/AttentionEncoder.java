package org.fovea.segmentation.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.Check;
import org.fovea.core.attention.AxialAttention;
import org.fovea.core.attention.ImageAttention;
import org.fovea.core.attention.WindowAttention;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Activation;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.Grids;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.SelfAttention;
import org.fovea.core.nn.Tokens;
import org.fovea.core.tensor.Tensor;
import org.fovea.segmentation.model.AttentionLayout.Grid;
import org.fovea.vit.model.MixTransformerEncoder;
import org.fovea.vit.model.MixTransformerEncoder.Stage;

/**
 * A hierarchical encoder like SegFormer's, whose attention can be chosen: overlapping patches at 1/4 of the image's side, halved
 * by each further stage, and blocks of attention and of feed-forward maps that mix neighbors; {@link MixTransformerEncoder} with
 * other attention. Takes images of any size.
 *
 * <p>{@link FeatureAttention#SE}, {@code ECA}, {@code CBAM} and {@code AXIAL} stand in every block. {@code WINDOW} attends within
 * windows in every other block and, in those between, to all places by a grid that is coarser by 2 for each stage to come.
 * {@code DUAL}, whose cost grows with the square of the places, stands in the blocks of the last stage. A block without attention
 * adds its normalized input.
 *
 * @param widths channels of the stages, the finest first
 * @param depth number of blocks of each stage
 * @param attention attention mechanism of the blocks
 * @see <a href="https://arxiv.org/abs/2105.15203">Xie et al. 2021, section 3.1</a>
 * @see <a href="https://arxiv.org/abs/2104.13840">Chu et al. 2021, section 3.2</a>, for windows alternating with a coarser grid
 * @see <a href="https://arxiv.org/abs/2210.13452">Yu et al. 2022, section 2</a>, for blocks without attention
 */
public record AttentionEncoder(List<Integer> widths, int depth, FeatureAttention attention) {
    private static final int MOST_STAGES = 6;
    private static final int MOST_BLOCKS = 64;
    private static final int CHANNELS = 6; // pixels and their square roots
    private static final int FIRST_PATCH = 7; // Xie et al. 2021, section 3.1
    private static final int FIRST_STRIDE = 4;
    private static final int PATCH = 3;
    private static final int STRIDE = 2;
    private static final int MLP_RATIO = 4;

    /** Checks the sizes. */
    public AttentionEncoder {
        widths = List.copyOf(widths);
        Check.within(1, MOST_STAGES, "AttentionEncoder: number of widths", widths.size());
        widths.forEach(width -> Check.positive("AttentionEncoder: width", width));
        Check.within(1, MOST_BLOCKS, "AttentionEncoder: depth", depth);
    }

    /** Pixels that height and width must be a multiple of. */
    public int stride() {
        return FIRST_STRIDE << widths.size() - 1;
    }

    /** Encoder for images of the given size. */
    private MixTransformerEncoder sized(int height, int width) {
        List<Stage> stages = new ArrayList<>();
        for (int s = 0; s < widths.size(); s++) {
            int channels = widths.get(s);
            stages.add(new Stage(
                    channels,
                    depth,
                    FeatureAttention.heads(channels),
                    1 << widths.size() - 1 - s,
                    s == 0 ? FIRST_PATCH : PATCH,
                    s == 0 ? FIRST_STRIDE : STRIDE,
                    MLP_RATIO));
        }
        return new MixTransformerEncoder(height, width, CHANNELS, Activation.GELU, stages, this::block);
    }

    /** Creates the attention of a block. */
    private SelfAttention block(MixTransformerEncoder encoder, int stage, int block) {
        int rows = encoder.gridRows(stage);
        int columns = encoder.gridColumns(stage);
        int heads = FeatureAttention.heads(widths.get(stage));
        if (!isAt(stage, block)) {
            return attention == FeatureAttention.WINDOW
                    ? onGrid(new WindowAttention(heads, FeatureAttention.WINDOW_SIDE, 0), rows, columns)
                    : (scope, tokens, biases) -> AttentionOutput.of(tokens);
        }
        return switch (attention) {
            case AXIAL -> onGrid(new AxialAttention(heads, AxialAttention.Relative.NONE), rows, columns);
            case WINDOW -> named(GridAttention.GLOBAL, encoder.reducedAttention(stage));
            default -> onImage(attention.of(widths.get(stage)).orElseThrow(), rows, columns);
        };
    }

    /** Returns whether a block has the attention mechanism, with weights to inspect. */
    private boolean isAt(int stage, int block) {
        return switch (attention) {
            case NONE -> false;
            case SE, ECA, CBAM, AXIAL -> true;
            case DUAL -> stage == widths.size() - 1;
            case WINDOW -> block % 2 == 1;
        };
    }

    private static SelfAttention named(String kind, SelfAttention only) {
        return (scope, tokens, biases) -> {
            AttentionOutput read = only.build(scope, tokens, biases);
            return AttentionOutput.of(read.values()).with(kind, read);
        };
    }

    private static SelfAttention onGrid(SelfAttention mechanism, int rows, int columns) {
        return named(GridAttention.FIRST, (scope, tokens, biases) -> {
            int[] s = tokens.shape().toArray(); // [B, N, C]
            AttentionOutput read = mechanism.build(scope, tokens.reshape(s[0], rows, columns, s[2]), biases);
            return read.withValues(read.values().reshape(s));
        });
    }

    private static SelfAttention onImage(ImageAttention mechanism, int rows, int columns) {
        return (scope, tokens, biases) -> {
            AttentionOutput read = mechanism.build(scope, Grids.image(tokens, rows, columns));
            return read.withValues(Grids.tokens(read.values()));
        };
    }

    /**
     * Adds the encoder.
     *
     * @param pixels {@code [B, 3, H, W]}, RGB, 0 to 1
     * @return tokens of each stage, the finest first
     */
    public List<Tokens> build(Scope scope, Value pixels) {
        MixTransformerEncoder encoder =
                sized(pixels.shape().dim(2), pixels.shape().dim(3));
        return encoder.buildStages(scope, PixelNetwork.brightened(pixels));
    }

    /** Initial values of weights with special ones. */
    Map<String, Tensor> initial(Scope scope) {
        Map<String, Tensor> out = new LinkedHashMap<>();
        for (int s = 0; s < widths.size(); s++) {
            for (int i = 0; i < depth; i++) {
                if (isAt(s, i)) {
                    Scope at = scope.child("stages", s).child("blocks", i).child("attention");
                    out.putAll(attention.initial(at, widths.get(s)));
                }
            }
        }
        return out;
    }

    /** Layouts of {@link #weights} for images of the given size. */
    List<AttentionLayout> layouts(int height, int width) {
        return all(height, width).values().stream()
                .flatMap(each -> each.layouts().stream())
                .toList();
    }

    /** Attention weights of all blocks that have some, in the order of the forward pass. */
    List<Value> weights(List<Tokens> stages, int height, int width) {
        List<Value> out = new ArrayList<>();
        all(height, width)
                .forEach((block, each) ->
                        out.addAll(each.of(stages.get(block / depth).blocks().get(block % depth))));
        return out;
    }

    /** Attention weights of blocks, by the block's number in the forward pass. */
    private Map<Integer, AttentionWeights> all(int height, int width) {
        MixTransformerEncoder encoder = sized(height, width);
        Map<Integer, AttentionWeights> out = new LinkedHashMap<>();
        for (int block = 0; block < widths.size() * depth; block++) {
            int s = block / depth;
            if (isAt(s, block % depth)) {
                String name = "1/" + (FIRST_STRIDE << s) + ", block " + block % depth;
                Grid places = new Grid(encoder.gridRows(s), encoder.gridColumns(s));
                Grid keys = new Grid(encoder.keyRows(s), encoder.keyColumns(s));
                out.put(block, new AttentionWeights(attention, name, widths.get(s), places, keys));
            }
        }
        return Collections.unmodifiableMap(out);
    }
}

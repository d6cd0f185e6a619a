package org.fovea.vit.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.attention.WindowAttention;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Value;
import org.fovea.core.hub.ModelLimits;
import org.fovea.core.nn.Activation;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.LayerNormLayer;
import org.fovea.core.nn.Mlp;
import org.fovea.core.nn.PatchEmbedding;
import org.fovea.core.nn.PatchMerging;
import org.fovea.core.nn.PositionEmbedding;
import org.fovea.core.nn.PositionResize;
import org.fovea.core.nn.RelativeBias;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.SizeText;
import org.fovea.core.nn.Tokens;
import org.fovea.core.nn.TransformerBlock;
import org.fovea.core.nn.TransformerBlock.Scaling;

/**
 * A Swin transformer without a head: attention within windows, which every other block shifts, in stages of which each has a
 * quarter of the tokens of the one before and twice their width.
 *
 * <p>Its weights below a scope: {@code patches.weight} [width, channels·p·p], {@code patches.bias}, {@code embedding_norm.scale},
 * {@code .shift}, {@code positions} [1, N, width] where there are absolute ones, {@code stages.s.blocks.i.*} as
 * {@link org.fovea.core.nn} names those of a block with the {@code offsets} of {@link RelativeBias} in its attention, {@code
 * stages.s.merging.*} of all stages but the last, {@code norm.scale}, {@code .shift}.
 *
 * @param imageHeight in pixels
 * @param imageWidth in pixels
 * @param channels of the image
 * @param patchPixels side of one patch; an image is padded with zeros to a multiple of it
 * @param embeddingWidth channels of a token of the first stage
 * @param stages stages in the order of the forward pass
 * @param window side of a window, in tokens
 * @param mlpRatio channels within each feed-forward block, divided by the width
 * @param qkvBias whether the maps to queries, keys and values have a bias
 * @param absolutePositions whether tokens also have a position embedding
 * @param normEpsilon epsilon of the layer norms in the blocks and of the last norm
 * @see <a href="https://arxiv.org/abs/2103.14030">Liu et al. 2021, figure 3 and section 3.3</a>
 */
public record SwinEncoder(
        int imageHeight,
        int imageWidth,
        int channels,
        int patchPixels,
        int embeddingWidth,
        List<Stage> stages,
        int window,
        double mlpRatio,
        boolean qkvBias,
        boolean absolutePositions,
        double normEpsilon)
        implements StagedEncoder {
    private static final double EMBEDDING_EPSILON = 1e-5; // epsilon of the norms that the configuration does not set

    /**
     * One stage.
     *
     * @param depth number of blocks
     * @param heads heads of each attention
     */
    public record Stage(int depth, int heads) implements StageSize {}

    /** Checks every size, and that they are consistent. */
    public SwinEncoder {
        stages = List.copyOf(stages);
        check("imageHeight", imageHeight, ModelLimits.IMAGE_PIXELS);
        check("imageWidth", imageWidth, ModelLimits.IMAGE_PIXELS);
        check("channels", channels, ModelLimits.CHANNELS);
        check("patchPixels", patchPixels, ModelLimits.IMAGE_PIXELS);
        check("embeddingWidth", embeddingWidth, ModelLimits.WIDTH);
        check("the number of stages", stages.size(), Integer.SIZE / 2);
        check("window", window, ModelLimits.KERNEL);
        for (int s = 0; s < stages.size(); s++) {
            check("the depth of stage " + s, stages.get(s).depth(), ModelLimits.DEPTH);
            checkWidths(s, (long) embeddingWidth << s, stages.get(s).heads(), mlpRatio);
        }
        if (!(normEpsilon >= 0 && normEpsilon <= 1)) {
            throw new IllegalArgumentException("SwinEncoder: normEpsilon must lie in [0, 1], got " + normEpsilon);
        }
        long patches = (long) up(imageHeight, patchPixels) * up(imageWidth, patchPixels);
        check("the number of patches", (int) Math.min(Integer.MAX_VALUE, patches), ModelLimits.TOKENS);
        ModelLimits.checkTensor("SwinEncoder: the patches", patches, embeddingWidth);
        ModelLimits.checkTensor("SwinEncoder: the pairs of a window", (long) window * window, (long) window * window);
    }

    private static void check(String what, int actual, int most) {
        ModelLimits.check("SwinEncoder: " + what, actual, 1, most);
    }

    private static void checkWidths(int stage, long width, int heads, double mlpRatio) {
        check("the width of stage " + stage, (int) Math.min(Integer.MAX_VALUE, width), ModelLimits.WIDTH);
        if (heads < 1 || width % heads != 0) {
            throw new IllegalArgumentException("SwinEncoder: the heads of stage " + stage
                    + " must be a positive divisor of its width, got " + heads + " and " + width);
        }
        double hidden = width * mlpRatio;
        if (!(hidden >= 1 && hidden <= ModelLimits.HIDDEN)) {
            throw new IllegalArgumentException("SwinEncoder: mlpRatio times the width of stage " + stage
                    + " must lie in [1, " + ModelLimits.HIDDEN + "], got " + mlpRatio + " and " + width);
        }
        ModelLimits.checkTensor("SwinEncoder: the merging of stage " + stage, 2 * width, 4 * width);
        ModelLimits.checkTensor("SwinEncoder: the feed-forward map of stage " + stage, (long) hidden, width);
    }

    /** Channels of a token of the last stage. */
    @Override
    public int width() {
        return width(last());
    }

    private int width(int stage) {
        return embeddingWidth << stage;
    }

    /** Quotient, rounded up. */
    private static int up(int size, int by) {
        return (size + by - 1) / by;
    }

    @Override
    public int gridRows(int stage) {
        return up(up(imageHeight, patchPixels), 1 << stage);
    }

    @Override
    public int gridColumns(int stage) {
        return up(up(imageWidth, patchPixels), 1 << stage);
    }

    /** Absolute position embedding for this image size. */
    public PositionEmbedding positions() {
        return new PositionEmbedding(0, gridRows(0), gridColumns(0));
    }

    /** Copy for images of another size. */
    public SwinEncoder withImage(int height, int columns) {
        return new SwinEncoder(
                height,
                columns,
                channels,
                patchPixels,
                embeddingWidth,
                stages,
                window,
                mlpRatio,
                qkvBias,
                absolutePositions,
                normEpsilon);
    }

    /**
     * Adds the encoder.
     *
     * @return tokens of the last stage after the last norm; hidden states are the input of the first stage and the output of
     *     each after merging, and attention weights those of each stage's last block, {@code [B·windows, heads, L, L]}
     */
    @Override
    public String describe() {
        return "Swin transformer of stages " + depths() + ", windows of " + window + ", "
                + SizeText.blocks(depth(), width(), heads());
    }

    @Override
    public Tokens build(Scope scope, Value pixels) {
        Tokens last = stages(scope, pixels);
        return last.with(norm(scope, last.values()));
    }

    /** Adds everything but the last norm. */
    Tokens stages(Scope scope, Value pixels) {
        Value embedded = embed(scope, pixels); // [B, N, width]
        int batch = embedded.shape().dim(0);
        Value grid = embedded.reshape(batch, gridRows(0), gridColumns(0), embeddingWidth);
        List<AttentionOutput> out = new ArrayList<>();
        int block = 0;
        for (int s = 0; s < stages.size(); s++) {
            AttentionOutput stage = null;
            for (int i = 0; i < stages.get(s).depth(); i++) {
                Scope at = scope.child("stages", s).layer("blocks", i, block++, depth());
                stage = block(s, i).build(at, grid);
                grid = stage.values();
            }
            grid = s == stages.size() - 1
                    ? grid
                    : new PatchMerging(EMBEDDING_EPSILON)
                            .build(scope.child("stages", s).child("merging"), grid);
            int[] size = grid.shape().toArray();
            out.add(stage.withValues(grid.reshape(batch, size[1] * size[2], size[3]))
                    .mapWeights(SwinEncoder::windows));
        }
        Value values = out.get(out.size() - 1).values();
        int last = stages.size() - 1;
        return new Tokens(values, gridRows(last), gridColumns(last), 0, 0, embedded, out);
    }

    private Value embed(Scope scope, Value pixels) {
        int rows = gridRows(0) * patchPixels - imageHeight;
        int columns = gridColumns(0) * patchPixels - imageWidth;
        Value image = rows > 0 ? pixels.pad(2, 0, rows) : pixels;
        image = columns > 0 ? image.pad(3, 0, columns) : image;
        Value x = new PatchEmbedding(patchPixels, embeddingWidth, true)
                .build(scope.child("patches").enter(), image); // [B, N, width]
        x = new LayerNormLayer(EMBEDDING_EPSILON)
                .build(scope.child("embedding_norm").enter(), x);
        return scope.dropout(
                absolutePositions
                        ? x.add(scope.parameter("positions", 1, positions().count(), embeddingWidth))
                        : x);
    }

    /** Reshapes {@code [B, window rows, window columns, heads, L, L]} to {@code [B·windows, heads, L, L]}. */
    private static Value windows(Value weights) {
        int[] s = weights.shape().toArray();
        return weights.reshape(s[0] * s[1] * s[2], s[3], s[4], s[5]);
    }

    private TransformerBlock block(int stage, int index) {
        return new TransformerBlock(
                attention(stage, index),
                new Mlp((int) (width(stage) * mlpRatio), Activation.GELU),
                normEpsilon,
                Scaling.NONE);
    }

    private WindowAttention attention(int stage, int index) {
        boolean whole = Math.min(gridRows(stage), gridColumns(stage)) <= window;
        int shift = whole || index % 2 == 0 ? 0 : window / 2;
        return new WindowAttention(stages.get(stage).heads(), window, shift, qkvBias, WindowAttention.Padding.SEEN);
    }

    /** Adds the last norm. */
    Value norm(Scope scope, Value x) {
        return new LayerNormLayer(normEpsilon).build(scope.child("norm").enter(), x);
    }

    /** Relative position biases by the path of their attention below the scope. */
    Map<String, RelativeBias> biases() {
        Map<String, RelativeBias> out = new LinkedHashMap<>();
        for (int s = 0; s < stages.size(); s++) {
            for (int i = 0; i < stages.get(s).depth(); i++) {
                out.put(
                        "stages." + s + ".blocks." + i + ".attention",
                        attention(s, i).bias(gridRows(s), gridColumns(s)));
            }
        }
        return out;
    }

    /** The learned weights with the absolute positions resized for another image size. */
    WeightSource resized(WeightSource learned, SwinEncoder target) {
        return absolutePositions
                ? ResizedPositions.of(learned, "positions", positions(), target.positions(), PositionResize.BICUBIC)
                : learned;
    }
}

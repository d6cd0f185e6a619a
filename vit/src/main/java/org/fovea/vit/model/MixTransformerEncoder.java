package org.fovea.vit.model;

import java.util.ArrayList;
import java.util.List;
import org.fovea.core.Check;
import org.fovea.core.attention.SpatialReductionAttention;
import org.fovea.core.graph.ConvWindow;
import org.fovea.core.graph.Value;
import org.fovea.core.hub.ModelLimits;
import org.fovea.core.nn.Activation;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.ConvLayer;
import org.fovea.core.nn.Grids;
import org.fovea.core.nn.LayerNormLayer;
import org.fovea.core.nn.MixFeedForward;
import org.fovea.core.nn.MultiHeadSelfAttention;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.SelfAttention;
import org.fovea.core.nn.SizeText;
import org.fovea.core.nn.Tokens;
import org.fovea.core.nn.TransformerBlock;
import org.fovea.core.nn.TransformerBlock.Scaling;

/**
 * A Mix Transformer without a head, SegFormer's encoder: stages of ever coarser grids, each begun by a convolution over
 * overlapping patches, whose attention looks at a reduced grid and whose feed-forward maps mix neighbors. It has no position
 * embedding and takes images of any size.
 *
 * <p>Its weights below a scope: {@code stages.s.patches} (a convolution), {@code stages.s.patch_norm}, {@code stages.s.blocks.i.*}
 * as {@link org.fovea.core.nn} names those of a block with its attention (SegFormer's is {@link SpatialReductionAttention}, or
 * {@link MultiHeadSelfAttention} where nothing is reduced) and {@link MixFeedForward}; {@code stages.s.norm}.
 *
 * @param imageHeight in pixels
 * @param imageWidth in pixels
 * @param channels of the image
 * @param activation activation within the feed-forward blocks
 * @param stages stages, the finest first
 * @param attention attention mechanism of the blocks
 * @see <a href="https://arxiv.org/abs/2105.15203">Xie et al. 2021, section 3.1 and table 6</a>
 */
public record MixTransformerEncoder(
        int imageHeight,
        int imageWidth,
        int channels,
        Activation activation,
        List<Stage> stages,
        StageAttention attention)
        implements StagedEncoder {
    /** Epsilon of every layer norm; the reference's modules ignore the value in a configuration. */
    private static final double EPSILON = 1e-5;

    private static final int MOST_STAGES = 16;

    /**
     * One stage.
     *
     * @param width channels of a token
     * @param depth number of blocks
     * @param heads heads of each attention, a divisor of the width
     * @param reduction side of the squares of tokens that are merged into one key, 1 for none
     * @param patch side of the overlapping patches, in positions of the previous stage
     * @param stride between patches
     * @param mlpRatio channels within each feed-forward block, divided by the width
     */
    public record Stage(int width, int depth, int heads, int reduction, int patch, int stride, int mlpRatio)
            implements StageSize {
        /** Checks every size. */
        public Stage {
            check("the width", width, ModelLimits.WIDTH);
            check("the depth", depth, ModelLimits.DEPTH);
            check("the reduction", reduction, ModelLimits.KERNEL);
            check("the patch", patch, ModelLimits.KERNEL);
            check("the stride", stride, ModelLimits.KERNEL);
            check("mlpRatio", mlpRatio, ModelLimits.KERNEL);
            Check.that(
                    heads >= 1 && width % heads == 0,
                    "MixTransformerEncoder: the heads of a stage",
                    "be a positive divisor of its width, " + width,
                    heads);
            long hidden = (long) width * mlpRatio;
            check("the hidden channels", (int) Math.min(Integer.MAX_VALUE, hidden), ModelLimits.HIDDEN);
            ModelLimits.checkTensor("MixTransformerEncoder: a feed-forward map", hidden, width);
            ModelLimits.checkTensor(
                    "MixTransformerEncoder: a reduction", (long) width * reduction, (long) width * reduction);
        }

        private static void check(String what, int actual, int most) {
            ModelLimits.check("MixTransformerEncoder: " + what + " of a stage", actual, 1, most);
        }

        private long hidden() {
            return (long) width * mlpRatio;
        }

        /** Positions along a side, for a side of {@code size} positions in the previous stage. */
        int places(int size) {
            return Math.floorDiv(size + 2 * (patch / 2) - patch, stride) + 1;
        }
    }

    /** Checks every size, and that they are consistent. */
    public MixTransformerEncoder {
        stages = List.copyOf(stages);
        ModelLimits.check("MixTransformerEncoder: imageHeight", imageHeight, 1, ModelLimits.IMAGE_PIXELS);
        ModelLimits.check("MixTransformerEncoder: imageWidth", imageWidth, 1, ModelLimits.IMAGE_PIXELS);
        ModelLimits.check("MixTransformerEncoder: channels", channels, 1, ModelLimits.CHANNELS);
        ModelLimits.check("MixTransformerEncoder: the number of stages", stages.size(), 1, MOST_STAGES);
        int before = channels;
        for (int s = 0; s < stages.size(); s++) {
            Stage stage = stages.get(s);
            int rows = places(stages, imageHeight, s);
            int columns = places(stages, imageWidth, s);
            Check.that(
                    Math.min(rows, columns) >= stage.reduction(),
                    "MixTransformerEncoder: the grid of stage " + s,
                    "have at least as many rows and columns as its reduction, " + stage.reduction(),
                    rows + " x " + columns + "; give larger images");
            ModelLimits.checkTensor(
                    "MixTransformerEncoder: the tokens of stage " + s, (long) rows * columns, stage.hidden());
            ModelLimits.checkTensor(
                    "MixTransformerEncoder: the patches of stage " + s,
                    stage.width(),
                    (long) before * stage.patch() * stage.patch());
            before = stage.width();
        }
    }

    /** Creates an encoder with SegFormer's attention. */
    public MixTransformerEncoder(
            int imageHeight, int imageWidth, int channels, Activation activation, List<Stage> stages) {
        this(imageHeight, imageWidth, channels, activation, stages, StageAttention.REDUCED);
    }

    private static int places(List<Stage> stages, int pixels, int last) {
        int size = pixels;
        for (int s = 0; s <= last; s++) {
            size = stages.get(s).places(size);
        }
        return size;
    }

    /** Channels of a token of the last stage. */
    @Override
    public int width() {
        return stages.get(last()).width();
    }

    @Override
    public int gridRows(int stage) {
        return places(stages, imageHeight, stage);
    }

    @Override
    public int gridColumns(int stage) {
        return places(stages, imageWidth, stage);
    }

    /** Copy for images of another size. */
    public MixTransformerEncoder withImage(int height, int columns) {
        return new MixTransformerEncoder(height, columns, channels, activation, stages, attention);
    }

    @Override
    public String describe() {
        return "Mix Transformer of stages " + depths() + ", " + SizeText.blocks(depth(), width(), heads());
    }

    /**
     * Adds the encoder; the tokens are those of the last stage, the hidden states and attention weights those of its blocks.
     */
    @Override
    public Tokens build(Scope scope, Value pixels) {
        List<Tokens> all = buildStages(scope, pixels);
        return all.get(all.size() - 1);
    }

    /**
     * Adds the encoder.
     *
     * @return the tokens of each stage after its last norm, with the results of its blocks
     */
    public List<Tokens> buildStages(Scope scope, Value pixels) {
        List<Tokens> out = new ArrayList<>();
        Value image = pixels; // [B, C, H, W]
        int block = 0;
        for (int s = 0; s < stages.size(); s++) {
            Scope at = scope.child("stages", s);
            Tokens tokens = patches(at, s, image);
            for (int i = 0; i < stages.get(s).depth(); i++) {
                Scope layer = at.layer("blocks", i, block++, depth());
                AttentionOutput read = block(s, i).build(layer, tokens.values());
                tokens = tokens.after(read);
            }
            Tokens normed = tokens.with(
                    new LayerNormLayer(EPSILON).build(at.child("norm").enter(), tokens.values()));
            out.add(normed);
            image = Grids.image(normed.values(), gridRows(s), gridColumns(s)); // [B, C, H, W]
        }
        return List.copyOf(out);
    }

    private Tokens patches(Scope at, int s, Value image) {
        Stage stage = stages.get(s);
        ConvLayer convolution =
                new ConvLayer(stage.width(), stage.patch(), ConvWindow.of(stage.stride(), stage.patch() / 2), true);
        Value x = Grids.tokens(convolution.build(at.child("patches").enter(), image)); // [B, N, width]
        Value embedded =
                new LayerNormLayer(EPSILON).build(at.child("patch_norm").enter(), x);
        return Tokens.embedded(embedded, gridRows(s), gridColumns(s), 0, 0);
    }

    private TransformerBlock block(int s, int i) {
        Stage stage = stages.get(s);
        MixFeedForward mix = new MixFeedForward((int) stage.hidden(), activation, gridRows(s), gridColumns(s));
        return new TransformerBlock(attention.of(this, s, i), mix, EPSILON, Scaling.NONE);
    }

    /** SegFormer's attention for a stage. */
    public SelfAttention reducedAttention(int s) {
        Stage stage = stages.get(s);
        return stage.reduction() == 1
                ? new MultiHeadSelfAttention(stage.heads(), true)
                : new SpatialReductionAttention(stage.heads(), stage.reduction(), gridRows(s), gridColumns(s), EPSILON);
    }

    /** Rows of the reduced grid of keys in a stage. */
    public int keyRows(int stage) {
        return gridRows(stage) / stages.get(stage).reduction();
    }

    /** Columns of the reduced grid of keys in a stage. */
    public int keyColumns(int stage) {
        return gridColumns(stage) / stages.get(stage).reduction();
    }
}

package org.fovea.vit.model;

import java.util.Arrays;
import java.util.List;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Value;
import org.fovea.core.hub.ModelLimits;
import org.fovea.core.image.InputGeometry;
import org.fovea.core.nn.Activation;
import org.fovea.core.nn.FeedForward;
import org.fovea.core.nn.LayerNormLayer;
import org.fovea.core.nn.LogOffsetBias;
import org.fovea.core.nn.Mlp;
import org.fovea.core.nn.Mode;
import org.fovea.core.nn.MultiHeadSelfAttention;
import org.fovea.core.nn.NormPlacement;
import org.fovea.core.nn.PositionEmbedding;
import org.fovea.core.nn.PositionResize;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.SizeText;
import org.fovea.core.nn.Tokens;
import org.fovea.core.nn.TransformerBlock;
import org.fovea.core.nn.TransformerBlock.Scaling;
import org.fovea.vit.model.TokenLayout.Positioned;

/**
 * A vision transformer without a head: pixels in, all tokens out. The towers of ViT, DeiT, DINOv2, timm's variants, CLIP and
 * BLIP are such.
 *
 * <p>Its weights below a scope (N patches, P class tokens and registers):
 *
 * <ul>
 *   <li>{@code patches.weight} [width, channels·p·p], {@code patches.bias};
 *   <li>{@code class_token} and {@code distillation_token} [1, 1, width], {@code registers} [1, registers, width];
 *   <li>{@code positions} [1, positioned tokens, width];
 *   <li>{@code offset_bias} or {@code blocks.i.attention.offset_bias} as {@link org.fovea.core.nn.LogOffsetBias} names its own;
 *   <li>{@code embedding_norm.scale}, {@code .shift};
 *   <li>{@code blocks.i.*} as {@link org.fovea.core.nn} names those of a block;
 *   <li>{@code norm.scale}, {@code .shift}.
 * </ul>
 *
 * @param imageHeight in pixels; rows at the bottom that fill no whole patch are ignored, as by a strided convolution
 * @param imageWidth in pixels, likewise
 * @param channels of the image
 * @param patchPixels side of one patch
 * @param width channels of a token
 * @param depth number of transformer blocks
 * @param heads heads of each attention; divides {@code width}
 * @param feedForward feed-forward part of each block
 * @param qkvBias whether the maps to queries, keys and values have a bias
 * @param layerScale whether each residual branch has a factor per channel
 * @param normEpsilon epsilon of every layer norm
 * @param tokens tokens beside the patches
 * @param embeddingNorm whether tokens are normalized before the first block; the patch projection then has no bias
 * @param norms place of the norms of a block
 * @param offsetBias attention biases that depend on the offset between two patches
 * @see <a href="https://arxiv.org/abs/2010.11929">Dosovitskiy et al. 2021, figure 1 and table 1</a>
 */
public record ViTEncoder(
        int imageHeight,
        int imageWidth,
        int channels,
        int patchPixels,
        int width,
        int depth,
        int heads,
        FeedForward feedForward,
        boolean qkvBias,
        boolean layerScale,
        double normEpsilon,
        TokenLayout tokens,
        boolean embeddingNorm,
        NormPlacement norms,
        OffsetBias offsetBias)
        implements GridEncoder {
    private static final double PLAIN_EPSILON = 1e-6; // epsilon in the authors' code

    /** Checks every size, and that they are consistent. */
    public ViTEncoder {
        ModelLimits.check("ViTEncoder: channels", channels, 1, ModelLimits.CHANNELS);
        ModelLimits.check("ViTEncoder: patchPixels", patchPixels, 1, ModelLimits.IMAGE_PIXELS);
        checkSide("imageHeight", imageHeight, patchPixels);
        checkSide("imageWidth", imageWidth, patchPixels);
        ModelLimits.check("ViTEncoder: width", width, 1, ModelLimits.WIDTH);
        ModelLimits.check("ViTEncoder: depth", depth, 1, ModelLimits.DEPTH);
        ModelLimits.check("ViTEncoder: feedForward.hidden", feedForward.hidden(), 1, ModelLimits.HIDDEN);
        if (heads < 1 || width % heads != 0) {
            throw new IllegalArgumentException(
                    "ViTEncoder: heads must be a positive divisor of width, got " + heads + " and " + width);
        }
        if (!(normEpsilon >= 0 && normEpsilon <= 1)) {
            throw new IllegalArgumentException("ViTEncoder: normEpsilon must lie in [0, 1], got " + normEpsilon);
        }
        if (layerScale && norms == NormPlacement.BRANCH) {
            throw new IllegalArgumentException(
                    "ViTEncoder: a branch may end in a factor per channel or in a norm, got layerScale and " + norms);
        }
        int patches = imageHeight / patchPixels * (imageWidth / patchPixels);
        ModelLimits.check("ViTEncoder: the number of tokens", patches + tokens.prefix(), 1, ModelLimits.TOKENS);
        ModelLimits.checkTensor("ViTEncoder: the position embedding", patches + tokens.prefix(), width);
        ModelLimits.checkTensor("ViTEncoder: the patch projection", width, (long) channels * patchPixels * patchPixels);
        ModelLimits.checkTensor("ViTEncoder: the qkv projection", 3L * width, width);
        ModelLimits.checkTensor("ViTEncoder: the feed-forward map", feedForward.inRows(), width);
    }

    /**
     * Encoder to train from scratch, for RGB images and without a class token: its tokens are the patches.
     *
     * @param pixels side of the square image, a multiple of the patch
     * @throws IllegalArgumentException when the sizes are inconsistent
     */
    public static ViTEncoder plain(int pixels, int patchPixels, int width, int depth, int heads) {
        return new ViTConfigBuilder()
                .image(pixels, pixels)
                .patch(patchPixels)
                .size(width, depth, heads)
                .feedForward(new Mlp(4 * width, Activation.GELU))
                .normEpsilon(PLAIN_EPSILON)
                .tokens(new TokenLayout(ClassTokens.NONE, 0, Positioned.ALL, PositionResize.BICUBIC))
                .encoder();
    }

    private static void checkSide(String what, int pixels, int patchPixels) {
        ModelLimits.check("ViTEncoder: " + what, pixels, 1, ModelLimits.IMAGE_PIXELS);
        if (pixels < patchPixels) {
            throw new IllegalArgumentException(
                    "ViTEncoder: " + what + " must be at least patchPixels, got " + pixels + " and " + patchPixels);
        }
    }

    /** Returns this encoder after checking that its patches cover the whole image. */
    ViTEncoder requireWholePatches() {
        requireWholePatches("imageHeight", imageHeight);
        requireWholePatches("imageWidth", imageWidth);
        return this;
    }

    private void requireWholePatches(String what, int pixels) {
        if (pixels % patchPixels != 0) {
            throw new IllegalArgumentException("ViTEncoder: " + what
                    + " must be a positive multiple of patchPixels, got " + pixels + " and " + patchPixels);
        }
    }

    /** Part of an image that the patches cover. */
    InputGeometry covered(InputGeometry input) {
        return input.topLeft(
                (double) gridColumns() * patchPixels / imageWidth, (double) gridRows() * patchPixels / imageHeight);
    }

    @Override
    public int gridRows() {
        return imageHeight / patchPixels;
    }

    @Override
    public int gridColumns() {
        return imageWidth / patchPixels;
    }

    /** The number of patches. */
    public int patchCount() {
        return gridRows() * gridColumns();
    }

    @Override
    public int tokenCount() {
        return tokens.prefix() + patchCount();
    }

    /** Learned position embedding for this image size. */
    public PositionEmbedding positions() {
        return new PositionEmbedding(tokens.positionedPrefix(), gridRows(), gridColumns());
    }

    /**
     * Copy for images of another size.
     *
     * @throws IllegalArgumentException when a side is not a multiple of the patch and not this encoder's own either
     */
    public ViTEncoder withImage(int height, int columns) {
        if (height == imageHeight && columns == imageWidth) {
            return this;
        }
        return new ViTConfigBuilder(this).image(height, columns).encoder();
    }

    /**
     * Learned weights of this encoder with the positions resized for another image size.
     *
     * @param learned weights of this encoder, read only when the result is
     * @param scope path of the encoder in the model, empty at the top
     */
    public WeightSource resized(WeightSource learned, ViTEncoder target, String scope) {
        String name = scope.isEmpty() ? "positions" : scope + ".positions";
        if (tokens.positioned() == Positioned.NONE) {
            return learned;
        }
        return ResizedPositions.of(learned, name, positions(), target.positions(), tokens.resize());
    }

    @Override
    public String describe() {
        return "vision transformer, " + SizeText.blocks(depth, width, heads);
    }

    @Override
    public Tokens build(Scope scope, Value pixels) {
        Tokens last = blocks(scope, pixels, tokenCount());
        return last.with(norm(scope, last.values()));
    }

    /**
     * Adds everything but the last norm.
     *
     * @param kept number of tokens of the last block that are computed, counted from the first
     */
    Tokens blocks(Scope scope, Value pixels, int kept) {
        Value x = new ViTEmbedding(this).build(scope, pixels); // [B, N, width]
        x = scope.dropout(x);
        TransformerBlock block = block(scope.mode());
        Tokens out = Tokens.embedded(
                x, gridRows(), gridColumns(), tokens.classTokens().count(), tokens.registers());
        Value[] shared = biases(scope, OffsetBias.Sharing.ALL_BLOCKS);
        for (int i = 0; i < depth; i++) {
            Scope each = scope.layer("blocks", i, depth);
            Value[] own = biases(each.child("attention"), OffsetBias.Sharing.NONE);
            int queries = i == depth - 1 ? kept : tokenCount();
            out = out.after(block.build(each, out.values(), queries, first(own.length > 0 ? own : shared, queries)));
        }
        return out;
    }

    /** Bias of all blocks or of one, if the encoder shares it in this way; else an empty array. */
    private Value[] biases(Scope scope, OffsetBias.Sharing sharing) {
        return !offsetBias.isNone() && offsetBias.sharing() == sharing
                ? new Value[] {logOffsets().build(scope.child(OffsetBias.NAME))} // [1, heads, N, N]
                : new Value[0];
    }

    /** Rows of the biases that belong to the first queries. */
    private static Value[] first(Value[] biases, int queries) {
        return Arrays.stream(biases)
                .map(b -> queries < b.shape().dim(2) ? b.slice(2, 0, queries) : b)
                .toArray(Value[]::new);
    }

    /** Offsets between the patches of this image size. */
    LogOffsetBias logOffsets() {
        return new LogOffsetBias(heads, offsetBias.hidden(), tokens.prefix(), gridRows(), gridColumns());
    }

    /** Creates a block, for models with more tokens than those of the image. */
    public TransformerBlock block(Mode mode) {
        return new TransformerBlock(
                new MultiHeadSelfAttention(heads, qkvBias),
                feedForward,
                normEpsilon,
                layerScale && mode != Mode.INFERENCE ? Scaling.WEIGHTS : Scaling.NONE,
                norms);
    }

    /** Adds the last norm, for any number of tokens. */
    public Value norm(Scope scope, Value x) {
        return new LayerNormLayer(normEpsilon).build(scope.child("norm").enter(), x);
    }

    /** Names of the class tokens in the order of the sequence. */
    List<String> classTokenNames() {
        return List.of("class_token", "distillation_token")
                .subList(0, tokens.classTokens().count());
    }
}

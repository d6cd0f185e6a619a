package org.fovea.vit.model;

import java.util.Map;
import java.util.Set;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Flops;
import org.fovea.core.graph.Graph;
import org.fovea.core.hub.ModelLimits;
import org.fovea.core.nn.DropRates;
import org.fovea.core.nn.FeedForward;
import org.fovea.core.nn.Mode;
import org.fovea.core.nn.PositionEmbedding;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Parameters;

/**
 * Shape of a vision transformer classifier: ViT, DeiT, DINOv2 and timm's variants of them.
 *
 * @param imageHeight in pixels; a multiple of {@code patchPixels}
 * @param imageWidth in pixels; a multiple of {@code patchPixels}
 * @param channels of the image
 * @param patchPixels side of one patch
 * @param width channels of a token
 * @param depth number of transformer blocks
 * @param heads of each attention; divides {@code width}
 * @param feedForward the other half of each block
 * @param qkvBias whether the maps to queries, keys and values have a bias
 * @param layerScale whether each residual branch has a factor per channel
 * @param normEpsilon of every layer norm
 * @param tokens which tokens there are beside the patches
 * @param embeddingNorm whether tokens are normalised before the first block; the patch projection then has no bias
 * @param head how the classifier reads the tokens
 * @param classes number of logits
 * @see <a href="https://arxiv.org/abs/2010.11929">Dosovitskiy et al. 2021, table 1</a>
 */
public record ViTConfig(
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
        Head head,
        int classes)
        implements ClassifierConfig {

    /** Checks every size and how they go together. */
    public ViTConfig {
        ModelLimits.check("ViTConfig: channels", channels, 1, ModelLimits.CHANNELS);
        ModelLimits.check("ViTConfig: patchPixels", patchPixels, 1, ModelLimits.IMAGE_PIXELS);
        checkSide("imageHeight", imageHeight, patchPixels);
        checkSide("imageWidth", imageWidth, patchPixels);
        ModelLimits.check("ViTConfig: width", width, 1, ModelLimits.WIDTH);
        ModelLimits.check("ViTConfig: depth", depth, 1, ModelLimits.DEPTH);
        ModelLimits.check("ViTConfig: classes", classes, 1, ModelLimits.CLASSES);
        ModelLimits.check("ViTConfig: feedForward.hidden", feedForward.hidden(), 1, ModelLimits.HIDDEN);
        if (heads < 1 || width % heads != 0) {
            throw new IllegalArgumentException(
                    "ViTConfig: heads must be a positive divisor of width, got " + heads + " and " + width);
        }
        if (!(normEpsilon >= 0 && normEpsilon <= 1)) {
            throw new IllegalArgumentException("ViTConfig: normEpsilon must lie in [0, 1], got " + normEpsilon);
        }
        head.check(tokens.classTokens());
        int patches = imageHeight / patchPixels * (imageWidth / patchPixels);
        ModelLimits.check("ViTConfig: the number of tokens", patches + tokens.prefix(), 1, ModelLimits.TOKENS);
        ModelLimits.checkTensor("ViTConfig: the position embedding", patches + tokens.prefix(), width);
        ModelLimits.checkTensor("ViTConfig: the patch projection", width, (long) channels * patchPixels * patchPixels);
        ModelLimits.checkTensor("ViTConfig: the qkv projection", 3L * width, width);
        ModelLimits.checkTensor("ViTConfig: the feed-forward map", feedForward.inRows(), width);
        ModelLimits.checkTensor("ViTConfig: the classifier", classes, (long) head.widths() * width);
    }

    private static void checkSide(String what, int pixels, int patchPixels) {
        ModelLimits.check("ViTConfig: " + what, pixels, 1, ModelLimits.IMAGE_PIXELS);
        if (pixels % patchPixels != 0) {
            throw new IllegalArgumentException("ViTConfig: " + what
                    + " must be a positive multiple of patchPixels, got " + pixels + " and " + patchPixels);
        }
    }

    /** Starts from the original ViT-B/16 of 224 pixels and 1,000 classes. */
    public static ViTConfigBuilder builder() {
        return new ViTConfigBuilder();
    }

    /** Starts from this configuration. */
    public ViTConfigBuilder toBuilder() {
        return new ViTConfigBuilder(this);
    }

    /**
     * A published model by the name it has on the hub, such as {@code vit-base-patch16-224}; {@link ViTPresets#names}
     * lists them.
     *
     * @throws IllegalArgumentException when there is none, naming the nearest and all
     */
    public static ViTConfig preset(String name) {
        return ViTPresets.named(name);
    }

    /**
     * This model for images of another size.
     *
     * @throws IllegalArgumentException when a side is not a multiple of the patch
     */
    @Override
    public ViTConfig withImage(int height, int width) {
        return toBuilder().image(height, width).build();
    }

    @Override
    public ViTConfig withClasses(int count) {
        return toBuilder().classes(count).build();
    }

    /** Rows of patches. */
    @Override
    public int gridRows() {
        return imageHeight / patchPixels;
    }

    /** Columns of patches. */
    @Override
    public int gridColumns() {
        return imageWidth / patchPixels;
    }

    /** The number of patches. */
    public int patchCount() {
        return gridRows() * gridColumns();
    }

    /** The number of tokens: class tokens, registers and patches. */
    @Override
    public int tokenCount() {
        return tokens.prefix() + patchCount();
    }

    /** The learned positions of this image size. */
    PositionEmbedding positions() {
        return new PositionEmbedding(tokens.positionedPrefix(), gridRows(), gridColumns());
    }

    @Override
    public Map<String, Shape> parameterShapes() {
        return VisionTransformer.parameterShapes(this);
    }

    @Override
    public Parameters randomParameters(long seed) {
        return VisionTransformer.randomParameters(this, seed);
    }

    @Override
    public Graph inferenceGraph(int batch, Set<Extra> extras) {
        return VisionTransformer.graph(this, batch, Mode.INFERENCE, extras);
    }

    @Override
    public Graph trainingGraph(int batch, DropRates rates) {
        return VisionTransformer.trainingGraph(this, batch, rates);
    }

    @Override
    public WeightSource inferenceParameters(WeightSource learned, ClassifierConfig target) {
        ResizedPositions.check(this, target);
        return new InferenceParameters(this, learned, (ViTConfig) target);
    }

    @Override
    public WeightSource learnedParameters(WeightSource learned, ClassifierConfig target) {
        ResizedPositions.check(this, target);
        return new ResizedPositions(learned, positions(), ((ViTConfig) target).positions(), tokens.resize());
    }

    @Override
    public double[] poolingWeights(Map<String, Tensor> outputs) {
        return head.poolingWeights(tokens.prefix(), tokenCount());
    }

    /**
     * Floating-point operations of the matrix products for one image, a multiplication and an addition counted as two, every
     * token of every block computed; classifying takes fewer, since the last block computes only what the head reads.
     */
    @Override
    public long flops() {
        return Flops.of(inferenceGraph(1, Set.of(Extra.LAST_HIDDEN_STATE)));
    }
}

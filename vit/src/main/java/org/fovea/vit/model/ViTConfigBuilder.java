package org.fovea.vit.model;

import org.fovea.core.nn.Activation;
import org.fovea.core.nn.FeedForward;
import org.fovea.core.nn.Mlp;
import org.fovea.core.nn.NormPlacement;

/** Builds a {@link ViTEncoder}, or a {@link ViTConfig} with it, step by step; the parts are explained there. Not thread-safe. */
public final class ViTConfigBuilder {
    private int imageHeight = 224;
    private int imageWidth = 224;
    private boolean cropped;
    private int channels = 3;
    private int patchPixels = 16;
    private int width = 768;
    private int depth = 12;
    private int heads = 12;
    private FeedForward feedForward = new Mlp(3072, Activation.GELU);
    private boolean qkvBias = true;
    private boolean layerScale;
    private double normEpsilon = 1e-12;
    private TokenLayout tokens = TokenLayout.classToken();
    private boolean embeddingNorm;
    private NormPlacement norms = NormPlacement.BEFORE;
    private OffsetBias offsetBias = OffsetBias.none();
    private Head head = Head.classToken();
    private int classes = 1000;

    ViTConfigBuilder() {}

    ViTConfigBuilder(ViTConfig config) {
        this(config.encoder());
        head(config.head()).classes(config.classes());
    }

    ViTConfigBuilder(ViTEncoder c) {
        croppedImage(c.imageHeight(), c.imageWidth()).channels(c.channels()).patch(c.patchPixels());
        size(c.width(), c.depth(), c.heads()).feedForward(c.feedForward()).qkvBias(c.qkvBias());
        layerScale(c.layerScale()).normEpsilon(c.normEpsilon()).tokens(c.tokens());
        embeddingNorm(c.embeddingNorm()).norms(c.norms()).offsetBias(c.offsetBias());
    }

    /** Image size in pixels, multiples of the patch. */
    public ViTConfigBuilder image(int height, int width) {
        this.imageHeight = height;
        this.imageWidth = width;
        this.cropped = false;
        return this;
    }

    /** Image size in pixels, of which a rest at the right and the bottom that gives no whole patch is not looked at. */
    public ViTConfigBuilder croppedImage(int height, int width) {
        image(height, width);
        this.cropped = true;
        return this;
    }

    /** Image channels. */
    public ViTConfigBuilder channels(int count) {
        this.channels = count;
        return this;
    }

    /** Side of a patch in pixels. */
    public ViTConfigBuilder patch(int pixels) {
        this.patchPixels = pixels;
        return this;
    }

    /** Token width, number of blocks and heads, leaving the feed-forward block as it is. */
    public ViTConfigBuilder size(int tokenWidth, int blocks, int headCount) {
        this.width = tokenWidth;
        this.depth = blocks;
        this.heads = headCount;
        return this;
    }

    /** The feed-forward block. */
    public ViTConfigBuilder feedForward(FeedForward block) {
        this.feedForward = block;
        return this;
    }

    /** Gives queries, keys and values a bias or none. */
    public ViTConfigBuilder qkvBias(boolean has) {
        this.qkvBias = has;
        return this;
    }

    /** Gives residual branches a factor per channel or none. */
    public ViTConfigBuilder layerScale(boolean has) {
        this.layerScale = has;
        return this;
    }

    /** The epsilon of every layer norm. */
    public ViTConfigBuilder normEpsilon(double epsilon) {
        this.normEpsilon = epsilon;
        return this;
    }

    /** The tokens beside the patches. */
    public ViTConfigBuilder tokens(TokenLayout layout) {
        this.tokens = layout;
        return this;
    }

    /** Normalizes tokens before the first block or not. */
    public ViTConfigBuilder embeddingNorm(boolean has) {
        this.embeddingNorm = has;
        return this;
    }

    /** The place of the norms of a block. */
    public ViTConfigBuilder norms(NormPlacement placement) {
        this.norms = placement;
        return this;
    }

    /** The biases by how far apart two patches are. */
    public ViTConfigBuilder offsetBias(OffsetBias bias) {
        this.offsetBias = bias;
        return this;
    }

    /** The reading of the tokens by the classifier. */
    public ViTConfigBuilder head(Head reading) {
        this.head = reading;
        return this;
    }

    /** The number of logits. */
    public ViTConfigBuilder classes(int count) {
        this.classes = count;
        return this;
    }

    /**
     * The encoder alone, for another task's head.
     *
     * @throws IllegalArgumentException when a size is out of range or two do not go together
     */
    public ViTEncoder encoder() {
        ViTEncoder encoder = new ViTEncoder(
                imageHeight,
                imageWidth,
                channels,
                patchPixels,
                width,
                depth,
                heads,
                feedForward,
                qkvBias,
                layerScale,
                normEpsilon,
                tokens,
                embeddingNorm,
                norms,
                offsetBias);
        return cropped ? encoder : encoder.requireWholePatches();
    }

    /**
     * The classifier.
     *
     * @throws IllegalArgumentException when a size is out of range or two do not go together
     */
    public ViTConfig build() {
        return new ViTConfig(encoder(), head, classes);
    }
}

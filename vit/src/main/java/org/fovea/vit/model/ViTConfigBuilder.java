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

    /** Sets the image size in pixels, multiples of the patch. */
    public ViTConfigBuilder image(int height, int width) {
        this.imageHeight = height;
        this.imageWidth = width;
        this.cropped = false;
        return this;
    }

    /** Sets the image size in pixels; pixels at the right and the bottom that fill no whole patch are ignored. */
    public ViTConfigBuilder croppedImage(int height, int width) {
        image(height, width);
        this.cropped = true;
        return this;
    }

    /** Sets the number of image channels. */
    public ViTConfigBuilder channels(int count) {
        this.channels = count;
        return this;
    }

    /** Sets the side of a patch in pixels. */
    public ViTConfigBuilder patch(int pixels) {
        this.patchPixels = pixels;
        return this;
    }

    /** Sets the token width and the numbers of blocks and heads; the feed-forward block stays the same. */
    public ViTConfigBuilder size(int tokenWidth, int blocks, int headCount) {
        this.width = tokenWidth;
        this.depth = blocks;
        this.heads = headCount;
        return this;
    }

    /** Sets the feed-forward block. */
    public ViTConfigBuilder feedForward(FeedForward block) {
        this.feedForward = block;
        return this;
    }

    /** Sets whether the maps to queries, keys and values have a bias. */
    public ViTConfigBuilder qkvBias(boolean has) {
        this.qkvBias = has;
        return this;
    }

    /** Sets whether residual branches have a factor per channel. */
    public ViTConfigBuilder layerScale(boolean has) {
        this.layerScale = has;
        return this;
    }

    /** Sets the epsilon of every layer norm. */
    public ViTConfigBuilder normEpsilon(double epsilon) {
        this.normEpsilon = epsilon;
        return this;
    }

    /** Sets the tokens beside the patches. */
    public ViTConfigBuilder tokens(TokenLayout layout) {
        this.tokens = layout;
        return this;
    }

    /** Sets whether tokens are normalized before the first block. */
    public ViTConfigBuilder embeddingNorm(boolean has) {
        this.embeddingNorm = has;
        return this;
    }

    /** Sets the place of the norms in a block. */
    public ViTConfigBuilder norms(NormPlacement placement) {
        this.norms = placement;
        return this;
    }

    /** Sets the attention biases that depend on the offset between two patches. */
    public ViTConfigBuilder offsetBias(OffsetBias bias) {
        this.offsetBias = bias;
        return this;
    }

    /** Sets the head. */
    public ViTConfigBuilder head(Head reading) {
        this.head = reading;
        return this;
    }

    /** Sets the number of logits. */
    public ViTConfigBuilder classes(int count) {
        this.classes = count;
        return this;
    }

    /**
     * Builds the encoder alone, for another task's head.
     *
     * @throws IllegalArgumentException when a size is out of range or sizes are inconsistent
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
     * Builds the classifier.
     *
     * @throws IllegalArgumentException when a size is out of range or sizes are inconsistent
     */
    public ViTConfig build() {
        return new ViTConfig(encoder(), head, classes);
    }
}

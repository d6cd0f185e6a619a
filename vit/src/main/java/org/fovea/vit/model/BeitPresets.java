package org.fovea.vit.model;

import org.fovea.core.nn.PositionResize;
import org.fovea.vit.model.TokenLayout.Positioned;

/**
 * The published sizes of {@link BeitConfig}, with 1,000 classes.
 *
 * @see <a href="https://arxiv.org/abs/2106.08254">Bao et al. 2021, BEiT</a>
 */
public final class BeitPresets {
    /** Initial layer scale of BEiT-B. */
    public static final double BASE_SCALE = 0.1;
    /** Initial layer scale of the other sizes, and of BEiT v2. */
    public static final double LARGE_SCALE = 1e-5;

    private BeitPresets() {}

    /** BEiT-B/16, 768 wide. */
    public static BeitConfig base(int imagePixels) {
        return of(ViTPresets.base(16, imagePixels), BASE_SCALE);
    }

    /** BEiT-L/16, 1024 wide. */
    public static BeitConfig large(int imagePixels) {
        return of(ViTPresets.large(16, imagePixels), LARGE_SCALE);
    }

    private static BeitConfig of(ViTConfig plain, double layerScale) {
        ViTConfig sizes = plain.toBuilder()
                .layerScale(true)
                .tokens(tokens(false, PositionResize.BICUBIC))
                .build();
        BeitEncoder encoder = new BeitEncoder(sizes.encoder(), layerScale, true, false, BeitEncoder.Resize.BILINEAR);
        return new BeitConfig(encoder, meanPooling(), sizes.classes());
    }

    /** Tokens with a class token, with position embeddings added to them or without. */
    public static TokenLayout tokens(boolean absolutePositions, PositionResize resize) {
        return new TokenLayout(ClassTokens.CLASS, 0, absolutePositions ? Positioned.ALL : Positioned.NONE, resize);
    }

    /** Head that takes the mean of the patches, then the norm. */
    public static Head meanPooling() {
        return new Head(Head.Pooling.PATCH_MEAN, Head.Norm.AFTER_POOLING);
    }
}

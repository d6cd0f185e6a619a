package org.fovea.vit.model;

import org.fovea.core.nn.Activation;
import org.fovea.core.nn.Mlp;
import org.fovea.core.nn.PositionResize;
import org.fovea.core.nn.SwiGlu;
import org.fovea.vit.model.TokenLayout.Positioned;

/** The published sizes of {@link ViTConfig}, with 1,000 classes where nothing else is said. */
public final class ViTPresets {
    private static final int MLP_RATIO = 4;
    private static final int DINOV2_TRAINED_PIXELS = 518;
    private static final int DINOV2_REGISTERS = 4;
    private static final int LITE_PIXELS = 32;

    private ViTPresets() {}

    /** ViT-Ti, 192 wide (Touvron et al. 2021, arXiv 2012.12877, table 1). */
    public static ViTConfig tiny(int patchPixels, int imagePixels) {
        return plain(192, 12, 3, patchPixels, imagePixels);
    }

    /** ViT-S, 384 wide (Touvron et al. 2021, arXiv 2012.12877, table 1). */
    public static ViTConfig small(int patchPixels, int imagePixels) {
        return plain(384, 12, 6, patchPixels, imagePixels);
    }

    /** ViT-B, 768 wide (Dosovitskiy et al. 2021, table 1). */
    public static ViTConfig base(int patchPixels, int imagePixels) {
        return plain(768, 12, 12, patchPixels, imagePixels);
    }

    /** ViT-L, 1024 wide (Dosovitskiy et al. 2021, table 1). */
    public static ViTConfig large(int patchPixels, int imagePixels) {
        return plain(1024, 24, 16, patchPixels, imagePixels);
    }

    /** ViT-H, 1280 wide (Dosovitskiy et al. 2021, table 1). */
    public static ViTConfig huge(int patchPixels, int imagePixels) {
        return plain(1280, 32, 16, patchPixels, imagePixels);
    }

    /**
     * ViT-Lite: a small plain model for 32 pixels and 10 classes, named by its depth (Hassani et al. 2021, arXiv 2104.05704,
     * table 10).
     *
     * @param depth 6 or 7 for the published sizes
     * @param patchPixels 4 as published
     */
    public static ViTConfig lite(int depth, int patchPixels) {
        ViTConfig plain = plain(256, depth, 4, patchPixels, LITE_PIXELS);
        return plain.toBuilder()
                .feedForward(new Mlp(2 * plain.width(), Activation.GELU))
                .qkvBias(false)
                .normEpsilon(1e-5)
                .classes(10)
                .build();
    }

    /**
     * ViT-Ti's width and heads for 32 pixels and 10 classes, with fewer blocks: small enough to train on a CPU, large enough to
     * benchmark training.
     *
     * @param depth number of blocks, 12 in ViT-Ti
     * @param patchPixels side of a patch; 4 gives 65 tokens
     */
    public static ViTConfig shallow(int depth, int patchPixels) {
        return tiny(patchPixels, LITE_PIXELS).toBuilder()
                .size(192, depth, 3)
                .classes(10)
                .build();
    }

    /** Adds DeiT's distillation token and second classifier to a plain model (Touvron et al. 2021, arXiv 2012.12877). */
    public static ViTConfig distilled(ViTConfig plain) {
        TokenLayout tokens =
                new TokenLayout(ClassTokens.CLASS_AND_DISTILLATION, 0, Positioned.ALL, PositionResize.BICUBIC);
        Head head = new Head(Head.Pooling.CLASS_AND_DISTILLATION, Head.Norm.BEFORE_POOLING);
        return plain.toBuilder().tokens(tokens).head(head).build();
    }

    /** DINOv2 ViT-S/14 with a linear classifier, for 518 pixels (Oquab et al. 2023, arXiv 2304.07193). */
    public static ViTConfig dinov2Small() {
        return dinov2(small(14, DINOV2_TRAINED_PIXELS));
    }

    /** DINOv2 ViT-B/14; see {@link #dinov2Small}. */
    public static ViTConfig dinov2Base() {
        return dinov2(base(14, DINOV2_TRAINED_PIXELS));
    }

    /** DINOv2 ViT-L/14; see {@link #dinov2Small}. */
    public static ViTConfig dinov2Large() {
        return dinov2(large(14, DINOV2_TRAINED_PIXELS));
    }

    /** DINOv2 ViT-g/14, 1536 wide with SwiGLU; see {@link #dinov2Small}. */
    public static ViTConfig dinov2Giant() {
        ViTConfig plain = plain(1536, 40, 24, 14, DINOV2_TRAINED_PIXELS);
        return dinov2(plain).toBuilder()
                .feedForward(SwiGlu.inPlaceOf(MLP_RATIO * plain.width()))
                .build();
    }

    /** A DINOv2 model with four registers (Darcet et al. 2023, arXiv 2309.16588). */
    public static ViTConfig withRegisters(ViTConfig dinov2) {
        return dinov2.toBuilder()
                .tokens(new TokenLayout(
                        ClassTokens.CLASS,
                        DINOV2_REGISTERS,
                        Positioned.CLASS_AND_PATCHES,
                        PositionResize.BICUBIC_ANTIALIAS))
                .build();
    }

    private static ViTConfig plain(int width, int depth, int heads, int patchPixels, int imagePixels) {
        return ViTConfig.builder()
                .image(imagePixels, imagePixels)
                .patch(patchPixels)
                .size(width, depth, heads)
                .feedForward(new Mlp(MLP_RATIO * width, Activation.GELU))
                .build();
    }

    private static ViTConfig dinov2(ViTConfig plain) {
        return plain.toBuilder()
                .layerScale(true)
                .normEpsilon(1e-6)
                .head(new Head(Head.Pooling.CLASS_AND_PATCH_MEAN, Head.Norm.BEFORE_POOLING))
                .build();
    }
}

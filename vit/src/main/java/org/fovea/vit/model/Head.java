package org.fovea.vit.model;

import java.util.Arrays;

/**
 * The reading of the tokens by a classifier.
 *
 * @param pooling tokens that the classifier reads, and their combination
 * @param norm place of the last layer norm
 */
public record Head(Pooling pooling, Norm norm) {
    /** Choice of the tokens that the linear classifier reads. */
    public enum Pooling {
        /** The class token. */
        CLASS_TOKEN,
        /** The class and the distillation token, each with its own classifier; the logits are averaged. */
        CLASS_AND_DISTILLATION,
        /** Concatenation of the class token and the mean of the patches: twice the width (DINOv2). */
        CLASS_AND_PATCH_MEAN,
        /** The mean of the patches. */
        PATCH_MEAN,
        /**
         * Attention pooling of the patches with a learned query: {@code map} in timm, SigLIP (Zhai et al. 2022, arXiv
         * 2106.04560).
         */
        ATTENTION
    }

    /** Place of the last layer norm. */
    public enum Norm {
        /** On every token, before pooling. */
        BEFORE_POOLING,
        /** On the pooled token: {@code fc_norm} in timm. */
        AFTER_POOLING
    }

    /** The head of the original ViT. */
    public static Head classToken() {
        return new Head(Pooling.CLASS_TOKEN, Norm.BEFORE_POOLING);
    }

    /** The number of tokens that the classifier reads, counted from the first. */
    int tokensRead(int all) {
        return switch (pooling) {
            case CLASS_TOKEN -> 1;
            case CLASS_AND_DISTILLATION -> 2;
            case PATCH_MEAN, CLASS_AND_PATCH_MEAN, ATTENTION -> all;
        };
    }

    /** Width of the linear classifier's input, as a multiple of a token's width. */
    int widths() {
        return pooling == Pooling.CLASS_AND_PATCH_MEAN ? 2 : 1;
    }

    /** Weight of each token in the pooling, where it does not depend on the image. */
    double[] poolingWeights(int prefix, int tokens) {
        int from = pooling == Pooling.PATCH_MEAN || pooling == Pooling.ATTENTION ? prefix : 0;
        int to =
                switch (pooling) {
                    case CLASS_TOKEN, CLASS_AND_PATCH_MEAN -> 1;
                    case CLASS_AND_DISTILLATION -> 2;
                    case PATCH_MEAN, ATTENTION -> tokens;
                };
        double[] out = new double[tokens];
        Arrays.fill(out, from, to, 1.0 / (to - from));
        return out;
    }

    void check(ClassTokens tokens) {
        boolean fits =
                switch (pooling) {
                    case CLASS_TOKEN, CLASS_AND_PATCH_MEAN -> tokens != ClassTokens.NONE;
                    case CLASS_AND_DISTILLATION -> tokens == ClassTokens.CLASS_AND_DISTILLATION;
                    case PATCH_MEAN, ATTENTION -> true;
                };
        if (!fits) {
            throw new IllegalArgumentException("ViTConfig: the tokens that the head reads must be there, got pooling "
                    + pooling + " of " + tokens);
        }
        if (norm == Norm.AFTER_POOLING && (widths() != 1 || pooling == Pooling.ATTENTION)) {
            throw new IllegalArgumentException(
                    "ViTConfig: a norm after pooling takes one token or a mean, got " + pooling);
        }
    }
}

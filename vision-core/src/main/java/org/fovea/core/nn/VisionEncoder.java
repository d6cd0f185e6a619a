package org.fovea.core.nn;

import org.fovea.core.graph.Value;

/**
 * Encoder of images, from pixels to tokens: the part of a model that classifying, captioning, segmenting and answering share.
 *
 * @see Tokens
 */
public interface VisionEncoder {
    /** Rows of the image. */
    int imageHeight();

    /** Columns of the image. */
    int imageWidth();

    /** Channels of the image. */
    int channels();

    /** Channels of a token that {@link #build} yields. */
    int width();

    /** Architecture and sizes in words, without those of the image. */
    default String describe() {
        return width() + " channels a token";
    }

    /**
     * Adds the encoder and its weights below a scope.
     *
     * @param pixels {@code [B, channels, H, W]}, normalized as the checkpoint's preprocessor does
     * @return all tokens, after the last norm where the encoder has one
     */
    Tokens build(Scope scope, Value pixels);
}

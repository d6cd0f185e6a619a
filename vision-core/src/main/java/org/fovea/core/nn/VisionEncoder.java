package org.fovea.core.nn;

import org.fovea.core.graph.Value;

/**
 * Encoder of images, from pixels to tokens: the part of a model that classifying, captioning, segmenting and answering share.
 *
 * @see Tokens
 */
public interface VisionEncoder {
    /** Height of the image in pixels. */
    int imageHeight();

    /** Width of the image in pixels. */
    int imageWidth();

    /** Channels of the image. */
    int channels();

    /** Channels of the tokens of {@link #build}. */
    int width();

    /** Description of architecture and sizes, without those of the image. */
    default String describe() {
        return width() + " channels a token";
    }

    /**
     * Adds the encoder and its weights below a scope.
     *
     * @param pixels {@code [B, channels, H, W]}, normalized as in the checkpoint's preprocessor
     * @return all tokens, after the last norm if the encoder has one
     */
    Tokens build(Scope scope, Value pixels);
}

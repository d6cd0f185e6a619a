package org.fovea.segmentation;

import java.util.concurrent.atomic.AtomicReference;
import org.fovea.core.tensor.Tensor;

/**
 * An image as a {@link PromptSegmenter} sees it, for many prompts. Thread-safe; holds a few megabytes until it is closed, and
 * afterwards answers no prompt.
 */
public final class ImageEmbedding implements AutoCloseable {
    private final PromptSegmenter owner;
    private final MaskFrame frame;
    private final AtomicReference<Tensor> tokens;

    ImageEmbedding(PromptSegmenter owner, MaskFrame frame, Tensor tokens) {
        this.owner = owner;
        this.frame = frame;
        this.tokens = new AtomicReference<>(tokens);
    }

    /** Height of the image in pixels. */
    public int height() {
        return frame.height();
    }

    /** Width of the image in pixels. */
    public int width() {
        return frame.width();
    }

    MaskFrame frame() {
        return frame;
    }

    /**
     * Encoder tokens, for the segmenter that made them.
     *
     * @throws IllegalArgumentException when another segmenter made this
     * @throws IllegalStateException after {@link #close}
     */
    Tensor tokens(PromptSegmenter asking) {
        if (asking != owner) {
            throw new IllegalArgumentException("ImageEmbedding: it must be of the segmenter that is asked, got one of"
                    + " another; embed the image again");
        }
        Tensor held = tokens.get();
        if (held == null) {
            throw new IllegalStateException("ImageEmbedding: must be open to be used, got a closed one");
        }
        return held;
    }

    /** Frees the memory; calls that are already running are not affected. Closing again does nothing. */
    @Override
    public void close() {
        tokens.set(null);
    }
}

package org.fovea.core.data;

import java.util.List;
import org.fovea.core.image.RgbImage;

/**
 * A model that computes images in batches, as {@link ImageBatches} runs it.
 *
 * @param <P> type of a preprocessed image, such as its pixels
 * @param <R> type of the result for an image
 */
public interface BatchModel<P, R> {
    /** Preprocesses an image; called on several threads concurrently. */
    P prepare(RgbImage image);

    /**
     * Computes a batch.
     *
     * @param images preprocessed images, at least one
     * @param rows size of the batch, at least the number of images: further rows are padding, so that one program serves all
     *     batches (see {@link org.fovea.core.tensor.Tensor#stack})
     * @return results in the images' order; failures of a single result belong in {@link Outcome#map}, since an exception
     *     thrown here ends the run
     */
    List<R> compute(List<P> images, int rows);

    /**
     * Compiles the program for a batch of the given size, in parallel with the preprocessing of the first images; optional.
     */
    default void compile(int rows) {}
}

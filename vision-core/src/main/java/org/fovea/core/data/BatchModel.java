package org.fovea.core.data;

import java.util.List;
import org.fovea.core.image.RgbImage;

/**
 * A model that computes images in batches, as {@link ImageBatches} runs it.
 *
 * @param <P> prepared image, such as its pixels
 * @param <R> result of an image
 */
public interface BatchModel<P, R> {
    /** Prepares an image; called on several threads at once. */
    P prepare(RgbImage image);

    /**
     * Computes a batch.
     *
     * @param images at least one
     * @param rows size of the batch, at least as many: the rows beyond the images are padding, so that one program serves
     *     all batches (see {@link org.fovea.core.tensor.Tensor#stack})
     * @return a result for each image, in order; what fails of a single result belongs into {@link Outcome#map}, since what
     *     this throws ends the run
     */
    List<R> compute(List<P> images, int rows);

    /** Compiles the program of a batch of that many rows, beside the preparation of the first images; optional. */
    default void compile(int rows) {}
}

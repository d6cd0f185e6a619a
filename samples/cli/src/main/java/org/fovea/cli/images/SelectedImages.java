package org.fovea.cli.images;

import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.ImageInput;
import org.fovea.core.image.RgbImage;

/**
 * The images that a task computes.
 *
 * @param inputs images in order; iterable once
 * @param batch number of images computed together
 * @param outputs outputs that may refuse an image before it is read
 */
public record SelectedImages(
        Iterable<ImageInput> inputs, int batch, ImageDecoder decoder, Iterable<ImageOutput> outputs) {
    /**
     * Reads an image; may be called on any thread.
     *
     * @throws org.fovea.core.image.ImageException when the image cannot be read, or an output refuses it
     */
    public RgbImage decode(ImageInput input) {
        outputs.forEach(output -> output.check(input));
        return input.read(decoder);
    }
}

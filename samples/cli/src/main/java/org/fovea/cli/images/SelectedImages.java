package org.fovea.cli.images;

import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.ImageInput;
import org.fovea.core.image.RgbImage;

/**
 * The images that a task computes.
 *
 * @param inputs in order; to be gone through once
 * @param batch images computed at once
 * @param outputs asked before an image is read
 */
public record SelectedImages(
        Iterable<ImageInput> inputs, int batch, ImageDecoder decoder, Iterable<ImageOutput> outputs) {
    /**
     * Reads an image; any thread may.
     *
     * @throws org.fovea.core.image.ImageException when that is not possible, or an output refuses it
     */
    public RgbImage decode(ImageInput input) {
        outputs.forEach(output -> output.check(input));
        return input.read(decoder);
    }
}

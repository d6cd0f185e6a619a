package org.fovea.core.image;

/**
 * The steps from an image to a model's input.
 *
 * @param framing crop or padding; null for none
 */
record ProcessorSteps(ResizeRule resize, Resampling filter, Framing framing, Normalization normalization) {
    /** Size of the result for all images; null if it depends on the image. */
    ImageSize inputSize() {
        if (framing != null) {
            return new ImageSize(framing.height(), framing.width());
        }
        return resize instanceof ResizeRule.Exact e ? new ImageSize(e.height(), e.width()) : null;
    }

    /** Copy for a square input of another size. */
    ProcessorSteps withImageSize(int pixels) {
        ResizeRule newResize = framing == null
                ? new ResizeRule.Exact(pixels, pixels)
                : resize.scaled((double) pixels / Math.min(framing.height(), framing.width()));
        Framing newFraming = framing == null ? null : framing.withSize(pixels, pixels);
        return new ProcessorSteps(newResize, filter, newFraming, normalization);
    }
}

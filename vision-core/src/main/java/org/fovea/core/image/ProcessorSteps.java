package org.fovea.core.image;

/**
 * The steps from an image to a model's input.
 *
 * @param crop null for none
 */
record ProcessorSteps(ResizeRule resize, Resampling filter, CenterCrop crop, Normalization normalization) {
    /** The size that every image ends with; null when it depends on the image. */
    ImageSize inputSize() {
        if (crop != null) {
            return new ImageSize(crop.height(), crop.width());
        }
        return resize instanceof ResizeRule.Exact e ? new ImageSize(e.height(), e.width()) : null;
    }

    /** These steps for a square input of another size. */
    ProcessorSteps withImageSize(int pixels) {
        ResizeRule newResize = crop == null
                ? new ResizeRule.Exact(pixels, pixels)
                : resize.scaled((double) pixels / Math.min(crop.height(), crop.width()));
        CenterCrop newCrop = crop == null ? null : crop.withSize(pixels, pixels);
        return new ProcessorSteps(newResize, filter, newCrop, normalization);
    }
}

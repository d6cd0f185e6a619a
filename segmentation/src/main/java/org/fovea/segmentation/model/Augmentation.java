package org.fovea.segmentation.model;

import java.util.List;
import org.fovea.core.Check;

/**
 * Test-time augmentation: a network sees several versions of an image, and its numbers are averaged.
 *
 * @param flip whether each variant is also mirrored left to right
 * @param scales of the variants, 1 for the original; each in [0.25, 4]
 */
public record Augmentation(boolean flip, List<Double> scales) {
    private static final double LEAST = 0.25;
    private static final double MOST = 4;

    /** Checks the scales. */
    public Augmentation {
        scales = List.copyOf(scales);
        Check.that(!scales.isEmpty(), "Augmentation: scales", "hold one at least", scales);
        for (double scale : scales) {
            Check.that(scale >= LEAST && scale <= MOST, "Augmentation: a scale", "lie in [0.25, 4]", scale);
        }
    }

    /** No augmentation. */
    public static Augmentation none() {
        return new Augmentation(false, List.of(1.0));
    }

    /** Returns whether only the original image is used. */
    public boolean isNone() {
        return equals(none());
    }

    /** Wraps a model so that its outputs are the mean over all variants. */
    public SegmenterModel of(SegmenterModel model) {
        return isNone() ? model : new AugmentedModel(model, this);
    }
}

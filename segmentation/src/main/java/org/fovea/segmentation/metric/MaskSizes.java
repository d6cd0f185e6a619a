package org.fovea.segmentation.metric;

import org.fovea.core.image.LabelMask;

/** The check that two masks are of one image. */
final class MaskSizes {
    private MaskSizes() {}

    static void check(LabelMask truth, LabelMask predicted) {
        if (truth.height() != predicted.height() || truth.width() != predicted.width()) {
            throw new IllegalArgumentException("the masks of an image must have one size, got " + truth.height() + " x "
                    + truth.width() + " (truth) and " + predicted.height() + " x " + predicted.width()
                    + " (predicted); predict at the image's own size");
        }
    }
}

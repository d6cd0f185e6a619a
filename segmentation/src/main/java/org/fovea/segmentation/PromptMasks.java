package org.fovea.segmentation;

import java.util.Comparator;
import java.util.List;

/**
 * The masks of one prompt.
 *
 * @param all masks in the model's order; three for an ambiguous prompt: part, object and the whole that contains it
 */
public record PromptMasks(List<PredictedMask> all) {
    /** Copies the list. */
    public PromptMasks {
        all = List.copyOf(all);
    }

    /** Mask with the highest predicted quality; the first one if several have the same. */
    public PredictedMask best() {
        return all.stream()
                .max(Comparator.comparingDouble(PredictedMask::predictedIou))
                .orElseThrow();
    }
}

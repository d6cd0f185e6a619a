package org.fovea.segmentation;

import java.util.Comparator;
import java.util.List;

/**
 * The masks of one prompt.
 *
 * @param all in the model's order, three as a rule: of a part, a thing and what it belongs to
 */
public record PromptMasks(List<PredictedMask> all) {
    /** Copies the list. */
    public PromptMasks {
        all = List.copyOf(all);
    }

    /** The mask of which the model thinks best; the first of equals. */
    public PredictedMask best() {
        return all.stream()
                .max(Comparator.comparingDouble(PredictedMask::predictedIou))
                .orElseThrow();
    }
}

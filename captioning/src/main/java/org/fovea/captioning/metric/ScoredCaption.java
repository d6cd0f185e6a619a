package org.fovea.captioning.metric;

import java.util.List;

/**
 * A caption of one image beside those that people wrote for it.
 *
 * @param hypothesis the caption to score
 * @param references reference captions, at least one
 */
public record ScoredCaption(String hypothesis, List<String> references) {
    /** Copies the list and checks that it is not empty. */
    public ScoredCaption {
        references = List.copyOf(references);
        if (references.isEmpty()) {
            throw new IllegalArgumentException(
                    "ScoredCaption: there must be at least 1 reference for the hypothesis '" + hypothesis + "', got 0");
        }
    }
}

package org.fovea.captioning.train;

import java.util.List;

/**
 * Caption that a model wrote.
 *
 * @param text words separated by spaces
 * @param attention of each word, {@code [places]} each: mean over layers and heads
 */
public record WrittenCaption(String text, List<float[]> attention) {
    /** Copies the list. */
    public WrittenCaption {
        attention = List.copyOf(attention);
    }
}

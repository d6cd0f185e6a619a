package org.fovea.captioning.train;

import java.util.List;

/**
 * Caption that a model wrote.
 *
 * @param words indices, without start and end
 * @param text words separated by spaces
 * @param attention of each word, {@code [L]} each: mean over layers and heads
 */
public record WrittenCaption(List<Integer> words, String text, List<float[]> attention) {
    /** Copies the lists. */
    public WrittenCaption {
        words = List.copyOf(words);
        attention = List.copyOf(attention);
    }
}

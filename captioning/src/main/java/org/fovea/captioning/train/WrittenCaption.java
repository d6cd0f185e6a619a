package org.fovea.captioning.train;

import java.util.List;

/**
 * Caption that a model wrote.
 *
 * @param text words separated by spaces
 * @param attention attention of each word over the image positions, {@code [positions]} each: mean over layers and heads
 */
public record WrittenCaption(String text, List<float[]> attention) {
    /** Copies the list. */
    public WrittenCaption {
        attention = List.copyOf(attention);
    }
}

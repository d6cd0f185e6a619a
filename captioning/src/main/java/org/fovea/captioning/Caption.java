package org.fovea.captioning;

import java.util.List;

/**
 * A caption of an image.
 *
 * @param text without special tokens; a prompt is part of it
 * @param score log-probability of the caption: after beam search the mean over its tokens, after all rules and with the length
 *     penalty; otherwise the sum over its words
 * @param tokens token ids, special tokens included
 * @param words words after the prompt
 */
public record Caption(String text, double score, List<Integer> tokens, List<CaptionWord> words) {
    /** Copies the lists. */
    public Caption {
        tokens = List.copyOf(tokens);
        words = List.copyOf(words);
    }
}

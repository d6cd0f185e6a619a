package org.fovea.captioning;

import java.util.List;

/**
 * A caption of an image.
 *
 * @param text without special tokens; a prompt is part of it
 * @param score of beam search, where several beams were asked for: the mean of the tokens' log-probabilities after all
 *     rules, with the length penalty; else the sum of the words' log-probabilities
 * @param tokens ids, special tokens included
 * @param words those after the prompt
 */
public record Caption(String text, double score, List<Integer> tokens, List<CaptionWord> words) {
    /** Copies the lists. */
    public Caption {
        tokens = List.copyOf(tokens);
        words = List.copyOf(words);
    }
}

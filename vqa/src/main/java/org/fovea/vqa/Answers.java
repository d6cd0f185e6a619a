package org.fovea.vqa;

import java.util.List;

/**
 * The answers to one question about one image.
 *
 * @param question as it was asked
 * @param all the best first; at least one
 * @param unknownWords words of the question that the model has not, which it read as one unknown word
 */
public record Answers(String question, List<Answer> all, List<String> unknownWords) {
    /** Copies the lists. */
    public Answers {
        all = List.copyOf(all);
        unknownWords = List.copyOf(unknownWords);
    }

    /** The best answer. */
    public Answer best() {
        return all.get(0);
    }
}

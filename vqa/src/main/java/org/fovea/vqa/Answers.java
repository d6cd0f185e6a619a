package org.fovea.vqa;

import java.util.List;

/**
 * The answers to one question about one image.
 *
 * @param question question in its original wording
 * @param all answers, at least one, best first
 * @param unknownWords words of the question that are not in the model's vocabulary; it reads each as the unknown word
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

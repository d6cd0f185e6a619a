package org.fovea.core.data.scenes;

import java.util.List;
import java.util.stream.Collectors;
import org.fovea.core.data.scenes.SceneCaption.Word;

/**
 * Question about a scene with its answer.
 *
 * @param words words in order, without the question mark
 * @param answer answer, a single word
 * @param objects indices of the objects that the answer depends on; empty for a question about an absence
 */
public record SceneQuestion(Kind kind, List<Word> words, String answer, List<Integer> objects) {
    /** Kind of question. */
    public enum Kind {
        /** Existence: "is there a red star?" */
        EXISTENCE,
        /** Count: "how many stars are there?" */
        COUNT,
        /** Property: "what color is the star?" */
        ATTRIBUTE,
        /** Comparison: "are there more stars than rings?", "is the star larger than the ring?" */
        COMPARISON,
        /** Relation: "is the star to the left of the ring?", "what shape is behind the ring?" */
        RELATION
    }

    /** Copies the lists. */
    public SceneQuestion {
        words = List.copyOf(words);
        objects = List.copyOf(objects);
    }

    /** Question as text, in lower case, ending in a question mark. */
    public String text() {
        return words.stream().map(Word::text).collect(Collectors.joining(" ", "", "?"));
    }
}

package org.fovea.core.data.scenes;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Caption of a scene.
 *
 * @param words words in order; separated by spaces, they are the text
 */
public record SceneCaption(List<Word> words) {
    /**
     * One word.
     *
     * @param objects indices of the objects that the word describes; empty for words that describe no object
     */
    public record Word(String text, List<Integer> objects) {
        /** Copies the list. */
        public Word {
            objects = List.copyOf(objects);
        }
    }

    /** Copies the list. */
    public SceneCaption {
        words = List.copyOf(words);
    }

    /** Caption as text, in lower case and without a period. */
    public String text() {
        return words.stream().map(Word::text).collect(Collectors.joining(" "));
    }
}

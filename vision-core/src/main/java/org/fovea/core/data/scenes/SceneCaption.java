package org.fovea.core.data.scenes;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Caption of a scene.
 *
 * @param words in order; the text is they, separated by spaces
 */
public record SceneCaption(List<Word> words) {
    /**
     * One word.
     *
     * @param objects indices of the objects that it says something of; empty for words that name nothing seen
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

    /** The caption as text, in lower case and without a full stop. */
    public String text() {
        return words.stream().map(Word::text).collect(Collectors.joining(" "));
    }
}

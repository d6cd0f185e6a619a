package org.fovea.core.data.scenes;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.fovea.core.data.scenes.SceneCaption.Word;
import org.fovea.core.data.scenes.SceneQuestion.Kind;

/** The words of a question as it is put together. */
final class QuestionWords {
    private final List<Word> words = new ArrayList<>();

    /** Appends words that name no objects. */
    QuestionWords say(String text) {
        return name(text, List.of());
    }

    /**
     * Appends words that name objects.
     *
     * @param objects indices of the objects; empty if there are none
     */
    QuestionWords name(String text, List<Integer> objects) {
        Stream.of(text.split(" ")).map(word -> new Word(word, objects)).forEach(words::add);
        return this;
    }

    /** Completes the question. */
    SceneQuestion ask(Kind kind, String answer, List<Integer> objects) {
        return new SceneQuestion(kind, words, answer, objects);
    }
}

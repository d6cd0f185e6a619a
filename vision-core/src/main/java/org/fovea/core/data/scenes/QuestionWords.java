package org.fovea.core.data.scenes;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.fovea.core.data.scenes.SceneCaption.Word;
import org.fovea.core.data.scenes.SceneQuestion.Kind;

/** The words of a question as it is put together. */
final class QuestionWords {
    private final List<Word> words = new ArrayList<>();

    /** Adds words that name nothing. */
    QuestionWords say(String text) {
        return name(text, List.of());
    }

    /**
     * Adds words that name objects.
     *
     * @param objects their indices; none of what is not there
     */
    QuestionWords name(String text, List<Integer> objects) {
        Stream.of(text.split(" ")).map(word -> new Word(word, objects)).forEach(words::add);
        return this;
    }

    /** Ends the question. */
    SceneQuestion ask(Kind kind, String answer, List<Integer> objects) {
        return new SceneQuestion(kind, words, answer, objects);
    }
}

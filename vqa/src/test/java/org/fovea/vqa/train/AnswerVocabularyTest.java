package org.fovea.vqa.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.fovea.vqa.hub.AnswererSpec.Link;
import org.junit.jupiter.api.Test;

class AnswerVocabularyTest {
    private static final AnswerVocabulary THREE = new AnswerVocabulary(List.of("yes", "no", "maybe"));

    private static AnsweredQuestion asked(String... answers) {
        return new AnsweredQuestion("is it?", List.of(answers), "", "");
    }

    @Test
    void countsTheMostFrequentAnswerOfEachQuestion() {
        Stream<AnsweredQuestion> questions = Stream.of(
                asked("no", "yes", "yes"), asked("yes"), asked("b"), asked(" b "), asked("b", "c"), asked("no"));
        assertEquals(List.of("b", "yes"), AnswerVocabulary.of(questions, 2).answers());
    }

    @Test
    void oneRightAnswerIsTheMostFrequentKnownOne() {
        var targets = THREE.targets(Link.SOFTMAX);
        assertEquals(Optional.of(AnswerTarget.of(1)), targets.apply(asked("cat", "cat", "no", "no", "yes")));
        assertEquals(Optional.empty(), targets.apply(asked("cat")));
    }

    @Test
    void severalRightAnswersAreRightAsFarAsPeopleGaveThem() {
        var targets = THREE.targets(Link.SIGMOID);
        assertEquals(
                Map.of(0, 1.0, 1, 2.0 / 3, 2, 1.0 / 3),
                targets.apply(asked("yes", "yes", "no", "yes", "yes", "no", "maybe", "cat"))
                        .orElseThrow()
                        .shares());
        assertEquals(Optional.of(AnswerTarget.of(0)), targets.apply(asked("yes")));
        assertEquals(Optional.empty(), targets.apply(asked("cat", "dog")));
    }

    @Test
    void sharesLieBetweenZeroAndOne() {
        assertThrows(IllegalArgumentException.class, () -> new AnswerTarget(Map.of(0, 0.0)));
        assertThrows(IllegalArgumentException.class, () -> new AnswerTarget(Map.of(0, 1.5)));
        assertThrows(IllegalArgumentException.class, () -> new AnswerTarget(Map.of(0, Double.NaN)));
    }
}

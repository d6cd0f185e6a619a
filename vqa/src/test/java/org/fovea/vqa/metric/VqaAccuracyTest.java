package org.fovea.vqa.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The official evaluation's own figures of sixty cases, and its rules by hand. */
class VqaAccuracyTest {
    @Test
    void everyFigureEqualsTheOfficialOne() throws IOException {
        JsonNode golden;
        try (InputStream in = VqaAccuracyTest.class.getResourceAsStream("/vqa-accuracy/cases.json")) {
            golden = new ObjectMapper().readTree(in);
        }
        List<JudgedAnswer> all = new ArrayList<>();
        for (JsonNode each : golden.get("cases")) {
            List<String> people = new ArrayList<>();
            each.get("answers").forEach(answer -> people.add(answer.asText()));
            JudgedAnswer answer = new JudgedAnswer(
                    people,
                    each.get("answer_type").asText(),
                    each.get("question_type").asText(),
                    each.get("predicted").asText());
            all.add(answer);
            assertEquals(
                    each.get("accuracy").asDouble(),
                    VqaAccuracy.of(List.of(answer)).overall(),
                    0,
                    each::toString);
        }
        assertEquals(60, all.size());
        VqaAccuracy actual = VqaAccuracy.of(all);
        assertEquals(golden.get("overall").asDouble(), actual.overall(), 0);
        assertEquals(numbers(golden.get("per_answer_type")), actual.byAnswerType());
        assertEquals(numbers(golden.get("per_question_type")), actual.byQuestionType());
    }

    private static Map<String, Double> numbers(JsonNode node) {
        Map<String, Double> out = new java.util.HashMap<>();
        node.fields()
                .forEachRemaining(each -> out.put(each.getKey(), each.getValue().asDouble()));
        return out;
    }

    /** Of ten people k say so: leaving out one of them leaves k - 1, one of the others k. */
    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0.3", "2, 0.6", "3, 0.9", "4, 1", "10, 1"})
    void threeOthersMakeAnAnswerRight(int saying, double accuracy) {
        List<String> people = new ArrayList<>(Collections.nCopies(saying, "yes"));
        people.addAll(Collections.nCopies(10 - saying, "no"));
        assertEquals(accuracy, VqaAccuracy.of(new JudgedAnswer(people, "yes/no", "is", "yes")), 1e-12);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            The two dogs.        | 2 dogs
            1,000                | 1000
            red, white           | red white
            red,white            | red white
            left-hand            | left hand
            a - b                | b
            isnt                 | isn't
            couldn'tve           | couldn't've
            yall'd've            | y'all'd've
            'ows'at              | 'ow's'at
            lets                 | lets
            somebody'd           | somebodyd
            10.5                 | 10.5
            u.s.a.               | usa
            """)
    void answersAreBroughtToOneForm(String answer, String form) {
        assertEquals(form, AnswerForm.normalized(AnswerForm.plain(answer)));
    }

    @Test
    void periodsGoThirtyTwoTimes() {
        assertEquals("...", AnswerForm.normalized(".".repeat(35)));
    }

    @Test
    void oneAnswerAloneIsRightOrWrong() {
        assertEquals(1, VqaAccuracy.of(new JudgedAnswer(List.of("a cup"), "", "", " a cup")), 0);
        assertEquals(0, VqaAccuracy.of(new JudgedAnswer(List.of("a cup"), "", "", "cup")), 0);
        assertThrows(IllegalArgumentException.class, () -> new JudgedAnswer(List.of(), "", "", "cup"));
    }
}

package org.fovea.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code fovea score answers}. */
class AnswerScoreTest {
    /** Two of ten say red: 0.6. All say the same as is predicted: 1. */
    private static final String TWO = """
            {"answers": ["red","The red.","b","b","b","b","b","b","b","b"], "answer_type": "other", "question_type": "what", "predicted": "red"}
            {"answers": ["yes","yes","yes","yes","yes","yes","yes","yes","yes","yes"], "answer_type": "yes/no", "predicted": "yes"}
            """;

    @TempDir
    Path folder;

    private Cli score(String lines, Object... more) throws IOException {
        Path file = Files.writeString(folder.resolve("answers.jsonl"), lines);
        return more.length == 0
                ? Cli.run("score", "answers", file)
                : Cli.run("score", "answers", file, more[0], more[1]);
    }

    @Test
    void accuracyIsToldByType() throws IOException {
        JsonNode json = score(TWO, "--format", "json").json().get(0);
        assertEquals(80, json.get("overall").asDouble());
        assertEquals(
                "{\"other\":60.0,\"yes/no\":100.0}", json.get("per_answer_type").toString());
        assertEquals("{\"what\":60.0}", json.get("per_question_type").toString());
        String text = score(TWO).out();
        assertTrue(text.startsWith("overall"), text);
        assertTrue(text.contains("answer type yes/no") && text.contains("100.00"), text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"answers": ["a", "b"]}                   | line 2 must be {"answers"
            {"answers": ["a"], "predicted": "a"}      | line 2 must have the answers of at least 2 people, got 1
            {"answers": ["a", 2], "predicted": "a"}   | line 2 must have answers that are texts, got 2
            """)
    void badLineIsNamedByItsNumber(String line, String error) throws IOException {
        Cli run = score(TWO.lines().findFirst().orElseThrow() + "\n" + line + "\n");
        assertEquals(1, run.exitCode(), run.out());
        assertTrue(run.err().contains("answers.jsonl: " + error), run.err());
    }
}

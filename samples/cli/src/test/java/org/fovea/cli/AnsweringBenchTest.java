package org.fovea.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.fovea.core.testing.FixtureFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code fovea bench} on models that answer questions. */
class AnsweringBenchTest {
    @ParameterizedTest
    @ValueSource(strings = {"vilt-vqa", "blip-vqa"})
    void benchMeasuresImageAndQuestion(String name) {
        Cli run = Cli.run(
                "bench", "-m", FixtureFiles.of(name), "--words", 9, "-s", 0.05, "-p", "f32", "-b", "1,2", "-f", "json");
        assertEquals(0, run.exitCode(), run.err());
        JsonNode results = run.json().get(0).get("results");
        assertEquals(2, results.size());
        for (JsonNode r : results) {
            assertEquals(9, r.get("words").asInt());
            for (String key : List.of("image_ms", "question_ms", "median_ms", "questions_per_s")) {
                assertTrue(r.get(key).asDouble() > 0, key + " in " + r);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bench -m vit-tiny-patch16-224 --words 9",
                "bench -m vilt-b32-finetuned-vqa --image-size 224",
                "bench -m vilt-b32-finetuned-vqa --words 41"
            })
    void contradictoryOptionsAreUsageErrors(String line) {
        Cli run = Cli.run((Object[]) line.split(" "));
        assertEquals(2, run.exitCode(), run.err());
    }

    @Test
    void aCaptionerStaysOne() {
        Cli run = Cli.run("bench", "-m", FixtureFiles.of("blip-captioning"), "--words", 9);
        assertEquals(2, run.exitCode(), run.err());
        assertTrue(run.err().contains("--words needs an answerer"), run.err());
    }
}

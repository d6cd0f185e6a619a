package org.fovea.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code fovea score captions}. */
class ScoreTest {
    private static final String TWO = "{\"hypothesis\": \"A cat sits.\", \"references\": [\"a cat sits\", \"a dog\"]}\n"
            + "\n{\"hypothesis\": \"a red bus waits here\", \"references\": [\"the bus waits\"]}\n";

    @TempDir
    Path folder;

    private Cli score(String lines, Object... options) throws IOException {
        Path file = Files.writeString(folder.resolve("captions.jsonl"), lines);
        return options.length == 0
                ? Cli.run("score", "captions", file, "-f", "json")
                : Cli.run("score", "captions", file, options[0]);
    }

    /** By hand: 5 of 8 words, 3 of 6 pairs are in the references; as long as the nearest would be 6 words. */
    @Test
    void jsonHasTheThreeMeasures() throws IOException {
        JsonNode scores = score(TWO).json().get(0);
        assertEquals(5.0 / 8, scores.at("/bleu/0").asDouble(), 1e-9);
        assertEquals(Math.sqrt(5.0 / 8 * 3 / 6), scores.at("/bleu/1").asDouble(), 1e-9);
        assertEquals(4, scores.get("bleu").size());
        assertTrue(scores.get("rouge_l").asDouble() > 0.5, scores.toString());
        assertTrue(scores.get("cider").isNumber(), scores.toString());
    }

    @Test
    void tokenizedTextIsTakenAsItIs() throws IOException {
        Cli run = Cli.run(
                "score",
                "captions",
                Files.writeString(folder.resolve("t.jsonl"), TWO),
                "--tokenized",
                "--format",
                "json");
        assertEquals(
                3.0 / 8, run.json().get(0).at("/bleu/0").asDouble(), 1e-9, "neither A nor sits. is in a reference");
    }

    @Test
    void textIsATable() throws IOException {
        Cli run = score(TWO, "--verbose");
        assertEquals(
                List.of("BLEU-1", "BLEU-2", "BLEU-3", "BLEU-4", "ROUGE-L", "CIDEr"),
                run.out().lines().map(line -> line.split(" ")[0]).toList());
        assertTrue(run.out().startsWith("BLEU-1   0.6250"), run.out());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"hypothesis\": \"a\"}|line 2 must be {\"hypothesis\"",
                "not json|line 2 must be JSON",
                "{\"hypothesis\": \"a\", \"references\": []}|line 2 must have at least 1 reference",
                "{\"hypothesis\": \"a\", \"references\": [1]}|line 2 must have references that are texts, got 1",
                "{\"hypothesis\": 3, \"references\": [\"a\"]}|line 2 must be {\"hypothesis\"",
                "{\"hypothesis\": \"a\", \"references\": [\"a\"]} x|line 2 must be JSON"
            })
    void badLineIsNamedByItsNumber(String lineAndError) throws IOException {
        String[] parts = lineAndError.split("\\|");
        Cli run = score("{\"hypothesis\": \"a\", \"references\": [\"a\"]}\n" + parts[0] + "\n");
        assertEquals(1, run.exitCode(), run.out());
        assertTrue(run.err().contains("captions.jsonl: " + parts[1]), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
    }

    @Test
    void whatIsNoFileOfCaptionsSaysSo() throws IOException {
        assertTrue(score("\n").err().contains("must hold a line for each image"), "empty");
        Cli missing = Cli.run("score", "captions", folder.resolve("missing"));
        assertTrue(missing.err().contains("there is no such file"), missing.err());
        Path latin = Files.write(folder.resolve("latin"), new byte[] {'"', (byte) 0xe9, '"'});
        assertTrue(Cli.run("score", "captions", latin).err().contains("must be text in UTF-8"));
        assertEquals(2, Cli.run("score").exitCode());
    }
}

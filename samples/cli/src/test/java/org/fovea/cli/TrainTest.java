package org.fovea.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Trains on plain colors: red and green squares with some noise. */
class TrainTest extends TrainsOnColors {
    @Test
    void trainedModelClassifiesAndIsEvaluated() throws IOException {
        Cli trained = train("-e", 8, "--lr", 0.003, "--set", "warmup_epochs=1");
        assertEquals(0, trained.exitCode(), trained.err());
        assertTrue(trained.err().contains("8 epochs of 2 steps of 8 images"), trained.err());
        List<String> metrics = Files.readAllLines(run.resolve("metrics.csv"));
        assertEquals(9, metrics.size());
        assertTrue(metrics.get(8).startsWith("8,16,"), metrics.get(8));
        for (String picture : List.of("loss", "accuracy", "learning-rate", "confusion", "mistakes")) {
            assertTrue(Files.size(run.resolve("report/" + picture + ".png")) > 100, picture);
        }
        Cli evaluated = Cli.run("evaluate", "-m", run, "-d", data, "-f", "json");
        assertEquals(0, evaluated.exitCode(), evaluated.err());
        JsonNode scores = evaluated.json().get(0);
        assertEquals(8, scores.get("images").asInt());
        assertEquals(1.0, scores.get("top1").asDouble());
        assertEquals(1.0, scores.get("classes").get(1).get("recall").asDouble());
        Cli classified = Cli.run("classify", "-m", run, "-f", "json", data.resolve("test/red/1.png"));
        assertEquals(0, classified.exitCode(), classified.err());
        assertTrue(classified.out().contains("\"red\""), classified.out());
        Cli again = train("-e", 8);
        assertEquals(1, again.exitCode());
        assertTrue(again.err().contains("go on with it by --resume, or give another --output"), again.err());
    }

    @Test
    void finishedRunResumesToTheSameWeights() throws IOException {
        assertEquals(0, train("-e", 2).exitCode());
        byte[] weights = Files.readAllBytes(run.resolve("model.safetensors"));
        Cli resumed = train("-e", 2, "--resume");
        assertEquals(0, resumed.exitCode(), resumed.err());
        assertArrayEquals(weights, Files.readAllBytes(run.resolve("model.safetensors")));
        assertEquals(3, Files.readAllLines(run.resolve("metrics.csv")).size());
        Cli longer = train("-e", 3, "--resume");
        assertEquals(1, longer.exitCode());
        assertTrue(longer.err().contains("a run resumes under its own recipe and seed"), longer.err());
        assertFalse(longer.err().contains("please report"), longer.err());
        assertEquals(0, train("-e", 2, "--resume").exitCode(), "the refused run must leave the recipe alone");
    }

    /** As if begun by a version that knew fewer keys. */
    @Test
    void runKeepsTheWordsOfItsRecipe() throws IOException {
        Files.createDirectories(run);
        String few = "{\"epochs\": 1, \"image_size\": 16, \"batch\": 8}";
        Files.writeString(run.resolve("recipe.json"), few);
        for (int i = 0; i < 2; i++) {
            Cli resumed = Cli.run("train", "-d", data, "-o", run, "--resume");
            assertEquals(0, resumed.exitCode(), resumed.err());
            assertEquals(few, Files.readString(run.resolve("recipe.json")));
        }
    }

    /** A directory in the file's place stands in for a disk that refuses at the very end. */
    @Test
    void modelThatCannotBeSavedIsNotLost() throws IOException {
        Path weights = run.resolve("model.safetensors");
        Files.createDirectories(weights.resolve("in the way"));
        Cli failed = train("-e", 1);
        assertEquals(1, failed.exitCode(), failed.err());
        assertTrue(failed.err().contains("the trained model could not be saved: "), failed.err());
        assertTrue(failed.err().contains("end it by --resume"), failed.err());
        Files.delete(weights.resolve("in the way"));
        Files.delete(weights);
        Cli ended = train("-e", 1, "--resume");
        assertEquals(0, ended.exitCode(), ended.err());
        assertTrue(Files.isRegularFile(weights));
    }

    @Test
    void modelsSaysWhatShips() {
        Cli models = Cli.run("models");
        assertEquals(0, models.exitCode(), models.err());
        Cli unknown = Cli.run("models", "nothing-like-it");
        assertEquals(2, unknown.exitCode());
        assertTrue(unknown.err().contains("'nothing-like-it'"), unknown.err());
    }
}

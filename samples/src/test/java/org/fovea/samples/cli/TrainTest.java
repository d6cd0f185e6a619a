package org.fovea.samples.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fovea.core.image.RgbImage;
import org.fovea.vit.PublishedModel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trains on plain colours: red and green squares with some noise. */
class TrainTest {
    @TempDir
    Path folder;

    private Path data;
    private Path run;

    @BeforeEach
    void makeData() throws IOException {
        data = folder.resolve("data");
        run = folder.resolve("run");
        for (String split : List.of("train", "val", "test")) {
            for (int i = 0; i < (split.equals("train") ? 8 : 4); i++) {
                square(data.resolve(split + "/green/" + i + ".png"), 1, i);
                square(data.resolve(split + "/red/" + i + ".png"), 0, i);
            }
        }
    }

    private static void square(Path file, int channel, int number) throws IOException {
        byte[] rgb = new byte[3 * 20 * 20];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) ((i % 3 == channel ? 170 : 30) + (i * (number + 7) % 41));
        }
        Files.createDirectories(file.getParent());
        RgbImage.of(20, 20, rgb).writePng(file);
    }

    /** The smallest model that trains in a moment. */
    private Cli train(Object... more) {
        List<Object> all = new ArrayList<>(List.of("train", "-d", data, "-o", run, "--image-size", 16, "-b", 8));
        all.addAll(List.of(more));
        return Cli.run(all.toArray());
    }

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

    @Test
    void linearProbeChangesTheHeadAlone() throws IOException {
        Cli probed =
                Cli.run("train", "-d", data, "-o", run, "-m", Cli.checkpoint(), "--freeze-backbone", "-e", 1, "-b", 8);
        assertEquals(0, probed.exitCode(), probed.err());
        try (PublishedModel before = PublishedModel.open(Cli.checkpoint());
                PublishedModel after = PublishedModel.open(run)) {
            assertEquals(List.of("green", "red"), after.labels());
            for (String name : before.parameters().names()) {
                if (!name.startsWith("head.")) {
                    assertArrayEquals(
                            before.parameters().floats(name), after.parameters().floats(name), name);
                }
            }
            assertEquals(2, after.parameters().shape("head.weight").dim(0));
        }
    }

    @Test
    void emptyClassFolderIsRefused() throws IOException {
        Files.createDirectories(data.resolve("train/blue"));
        refused(train(), "blue");
    }

    @Test
    void oneClassIsRefused() throws IOException {
        for (String split : List.of("train", "val", "test")) {
            try (var files = Files.list(data.resolve(split + "/red"))) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(data.resolve(split + "/red"));
        }
        refused(train(), "at least 2 classes, got 1 [green]");
    }

    @Test
    void labelOutOfRangeIsRefused() throws IOException {
        Files.write(data.resolve("classes.txt"), List.of("green", "red"));
        Path manifest = data.resolve("list.csv");
        Files.write(manifest, List.of("path,label,split", "train/red/0.png,1,train", "train/green/0.png,2,train"));
        data = manifest;
        refused(train(), "2");
    }

    @Test
    void imagesWithoutSplitAreRefusedWithTheWayToTakeThem() {
        data = data.resolve("train");
        refused(train(), "got class folders without splits", "--set train_split=all");
        Cli all = train("--set", "train_split=all", "-e", 1);
        assertEquals(0, all.exitCode(), all.err());
    }

    @Test
    void recipeWithAnUnknownKeyNamesTheNearest() throws IOException {
        Path recipe = folder.resolve("recipe.json");
        Files.writeString(recipe, "{\"epochs\": 3, \"lable_smoothing\": 0.1}");
        refused(train("-r", recipe), "recipe.json", "\"lable_smoothing\"", "Did you mean \"label_smoothing\"?");
        refused(train("--set", "mixupp=1"), "Did you mean \"mixup\"?");
    }

    @Test
    void recipeWithAWrongValueNamesTheRule() throws IOException {
        Path recipe = folder.resolve("recipe.json");
        Files.writeString(recipe, "{\"epochs\": 0}");
        refused(train("-r", recipe), "\"epochs\" must be a whole number from 1 to 100000, got 0");
        Files.writeString(recipe, "{\"epochs\": 3,,}");
        refused(train("-r", recipe), "must be JSON, got at line 1");
        refused(train("-m", "cct-2-3x3"), "Did you mean \"cct-2-3x2\"?");
        refused(train("--freeze-backbone"), "needs a checkpoint to start from");
    }

    @Test
    void headThatDoesNotFitIsRefused() throws IOException {
        assertEquals(0, train("-e", 1).exitCode());
        square(data.resolve("train/blue/1.png"), 2, 1);
        square(data.resolve("val/blue/1.png"), 2, 1);
        square(data.resolve("test/blue/1.png"), 2, 1);
        refused(Cli.run("evaluate", "-m", run, "-d", data), "every class must be one of the model's", "[blue]");
        Cli resumed = train("-e", 1, "--resume");
        refused(resumed, "head.weight");
    }

    @Test
    void modelsSaysWhatShips() {
        Cli models = Cli.run("models");
        assertEquals(0, models.exitCode(), models.err());
        Cli unknown = Cli.run("models", "nothing-like-it");
        assertEquals(2, unknown.exitCode());
        assertTrue(unknown.err().contains("'nothing-like-it'"), unknown.err());
    }

    private static void refused(Cli run, String... texts) {
        assertEquals(1, run.exitCode(), run.err());
        assertFalse(run.err().contains("unexpected"), run.err());
        for (String text : texts) {
            assertTrue(run.err().contains(text), run.err());
        }
        assertFalse(run.err().contains("epoch 1/"), "before the first epoch: " + run.err());
    }
}

package org.fovea.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fovea.cli.terminal.ExitCode;
import org.junit.jupiter.api.Test;

/** Data that cannot be trained on is refused before the first epoch, in one line that says why and what to do. */
class TrainBadInputTest extends TrainsOnColors {
    private static void refused(Cli run, String... texts) {
        assertEquals(ExitCode.FAILED, run.exitCode(), run.err());
        assertEquals(1, run.err().lines().count(), "one line: " + run.err());
        assertTrue(run.err().startsWith("fovea: "), run.err());
        assertFalse(run.err().contains("unexpected"), run.err());
        for (String text : texts) {
            assertTrue(run.err().contains(text), run.err());
        }
        assertEquals("", run.out());
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
        refused(train("-m", "cct-2-3by2"), "Did you mean \"cct-2-3x2\"?");
        refused(train("--freeze-backbone"), "needs a checkpoint to start from");
    }

    @Test
    void headThatDoesNotFitIsRefused() throws IOException {
        assertEquals(0, train("-e", 1).exitCode());
        ColorSquares.square(data.resolve("train/blue/1.png"), 2, 1);
        ColorSquares.square(data.resolve("val/blue/1.png"), 2, 1);
        ColorSquares.square(data.resolve("test/blue/1.png"), 2, 1);
        refused(Cli.run("evaluate", "-m", run, "-d", data), "every class must be one of the model's", "[blue]");
        Cli resumed = train("-e", 1, "--resume");
        refused(resumed, "head.weight");
    }

    @Test
    void dataThatIsNoneIsRefused() throws IOException {
        Path text = Files.writeString(folder.resolve("photos.zip"), "no zip file");
        refused(Cli.run("train", "-d", text, "-o", run), "photos.zip");
        refused(Cli.run("train", "-d", folder.resolve("nowhere"), "-o", run), "there is no such file or directory");
        refused(Cli.run("train", "-d", Files.createDirectory(folder.resolve("none")), "-o", run), "got none");
    }

    @Test
    void labelThatNamesNoClassIsRefused() throws IOException {
        Files.write(data.resolve("classes.txt"), List.of("green", "red"));
        Path manifest = data.resolve("list.csv");
        for (String label : List.of("-1", "blue")) {
            Files.write(manifest, List.of("path,label,split", "train/red/0.png," + label + ",train"));
            refused(Cli.run("train", "-d", manifest, "-o", run), "line 2", label);
        }
    }

    @Test
    void imageSizeThatTheModelDoesNotTakeIsRefused() {
        for (Object model : List.of(Cli.checkpoint(), "vit-lite-6-patch4-32")) {
            Cli odd = Cli.run("train", "-d", data, "-o", run, "-m", model, "--image-size", 33);
            refused(odd, "imageHeight must be a positive multiple of patchPixels, got 33 and");
        }
    }

    @Test
    void batchThatTheImagesDoNotFillIsRefused() {
        Cli large = Cli.run("train", "-d", data, "-o", run, "-b", 100);
        refused(large, "the images must fill one batch, got 16 images", "at most 16");
        assertFalse(Files.exists(run.resolve("metrics.csv")), "nothing was trained");
    }

    @Test
    void checkpointThatIsNoneIsRefused() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        refused(train("-m", empty), "must say how images are prepared");
    }

    @Test
    void precisionThatDoesNotTrainIsRefused() {
        refused(train("-p", "int8"), "\"precision\" must be one of [f32, bf16], got int8");
    }
}

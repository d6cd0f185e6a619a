package org.fovea.cli;

import static org.fovea.cli.Cli.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fovea.cli.terminal.ExitCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Captions that cannot be trained on are refused in one line that says why; single broken images are left out and named. */
class TrainCaptionBadInputTest {
    @TempDir
    Path folder;

    private Path data;
    private Path run;

    @BeforeEach
    void writeData() throws IOException {
        run = folder.resolve("run");
        data = folder.resolve("data.jsonl");
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String image = "images/" + i + ".png";
            ColorSquares.square(folder.resolve(image), i % 2, i);
            lines.add("{\"image\": \"" + image + "\", \"split\": \"" + (i < 4 ? "train" : "val")
                    + "\", \"captions\": [\"a " + (i % 2 == 0 ? "red" : "green") + " square\"]}");
        }
        Files.write(data, lines);
    }

    private Cli train(Object... more) {
        List<Object> all = new ArrayList<>(List.of("train", "-t", "caption", "-d", data, "-o", run, "-e", 1));
        for (String setting : List.of(
                "encoder_width=16",
                "decoder_width=16",
                "embedding_width=16",
                "attention_width=16",
                "minimum_count=1",
                "caption_length=4",
                "captions_per_image=1",
                "batch=2",
                "image_size=16")) {
            all.addAll(List.of("--set", setting));
        }
        all.addAll(List.of(more));
        return Cli.run(all.toArray());
    }

    @Test
    void brokenImagesAreLeftOutAndNamed() throws IOException {
        Files.writeString(folder.resolve("images/1.png"), "no image");
        Files.writeString(folder.resolve("images/5.png"), "no image");
        Cli trained = train();
        assertEquals(0, trained.exitCode(), trained.err());
        assertTrue(trained.err().contains("fovea: left out: images/1.png: "), trained.err());
        assertTrue(trained.err().contains("fovea: left out: images/5.png: "), trained.err());
        Cli evaluated = Cli.run("evaluate", "-m", run, "-d", data, "-f", "json");
        assertEquals(0, evaluated.exitCode(), evaluated.err());
        assertEquals(1, evaluated.json().get(0).get("images").asInt());
        assertEquals(
                "images/5.png", evaluated.json().get(0).get("broken").get(0).asText());
        refused(Cli.run("evaluate", "-m", run, "-d", data, "--split", "test"), "needs the split test, got only [train");
    }

    @Test
    void wrongDataIsRefused() throws IOException {
        refused(train("--set", "validation_split=dev"), "needs the split dev, got only [train, val]");
        String lines = Files.readString(data);
        Files.writeString(data, "image 1");
        refused(train(), "data.jsonl, line 1: must be JSON");
        assertFalse(Files.exists(run), "nothing was begun");
        Files.writeString(data, lines.replace("\"train\"", "\"test\""));
        refused(train(), "needs the split train, got only [test, val]");
        Files.writeString(data, lines);
        refused(train("--set", "batch=9"), "the images must fill one batch, got 4 images");
    }

    @Test
    void wrongRecipesAreRefused() throws IOException {
        refused(train("--set", "self_critical_epochs=1"), "\"captions_per_image\" must be at least 2, got 1");
        refused(
                train("--set", "encoder_rate=0"),
                "\"encoder_rate\" 0 keeps an encoder that has learned, got a fresh one");
        refused(train("--set", "encoder=nowhere"), "\"encoder\" must be conv, vit or the folder", "got nowhere");
        refused(train("--set", "image_size=20"), "pixels must be a multiple of 8, got 20");
        refused(train("--freeze-backbone"), "--freeze-backbone: a recipe has no key \"freeze_backbone\"");
        refused(train("-m", Cli.checkpoint()), "must be one of");
        Path recipe = Files.writeString(folder.resolve("recipe.json"), "{\"task\": \"classify\"}");
        refused(train("-r", recipe), "\"task\" must be one of [caption], got classify");
        Path vocabulary = Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": {\"type\": \"BPE\"}}");
        refused(train("--tokenizer", vocabulary), "must list a vocabulary", "got none");
        refused(train("--tokenizer", folder.resolve("nowhere")), "there must be a vocabulary");
        Cli unknown = Cli.run("train", "-t", "captoin", "-d", data, "-o", run);
        assertTrue(unknown.err().contains("--task must be one of [classify, caption"), unknown.err());
        assertEquals(ExitCode.USAGE, unknown.exitCode());
    }
}

package org.fovea.cli;

import static org.fovea.cli.Cli.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questions that cannot be trained on are refused in one line that says why; single broken images are left out and named. */
class TrainAskBadInputTest {
    @TempDir
    Path folder;

    private Path data;
    private Path run;

    /** Four images for training and two for validation, each asked twice, by ten people. */
    @BeforeEach
    void writeData() throws IOException {
        run = folder.resolve("run");
        data = folder.resolve("data.jsonl");
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String image = "images/" + i + ".png";
            ColorSquares.square(folder.resolve(image), i % 2, i);
            String split = i < 4 ? "train" : "val";
            lines.add(line(image, split, "what color is it?", "other", i % 2 == 0 ? "red" : "green"));
            lines.add(line(image, split, "is it red?", "yes/no", i % 2 == 0 ? "yes" : "no"));
        }
        Files.write(data, lines);
    }

    private static String line(String image, String split, String question, String type, String answer) {
        String people = String.join(", ", Collections.nCopies(10, "\"" + answer + "\""));
        return "{\"image\": \"" + image + "\", \"split\": \"" + split + "\", \"question\": \"" + question
                + "\", \"answers\": [" + people + "], \"answer_type\": \"" + type + "\"}";
    }

    private Cli train(Object... more) {
        List<Object> all = new ArrayList<>(List.of("train", "-t", "ask", "-d", data, "-o", run, "-e", 1));
        for (String setting : List.of(
                "encoder_width=16",
                "width=16",
                "minimum_count=1",
                "questions_per_image=2",
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
        assertTrue(Files.readString(run.resolve("config.json")).contains("multi_label_classification"));
        Cli evaluated = Cli.run("evaluate", "-m", run, "-d", data, "-f", "json");
        assertEquals(0, evaluated.exitCode(), evaluated.err());
        assertEquals(2, evaluated.json().get(0).get("questions").asInt());
        assertTrue(evaluated.json().get(0).get("per_answer_type").has("yes/no"), evaluated.out());
        assertEquals(
                "images/5.png", evaluated.json().get(0).get("broken").get(0).asText());
        Cli scored = Cli.run("score", "answers", run.resolve("report/answers.jsonl"), "-f", "json");
        assertEquals(0, scored.exitCode(), scored.err());
        assertEquals(
                evaluated.json().get(0).get("overall"), scored.json().get(0).get("overall"));
        refused(Cli.run("evaluate", "-m", run, "-d", data, "--split", "test"), "needs the split test, got only [train");
    }

    @Test
    void wrongDataIsRefused() throws IOException {
        String lines = Files.readString(data);
        Files.writeString(data, lines.replace("\"train\"", "\"test\""));
        refused(train(), "needs the split train, got only [test, val]");
        assertFalse(Files.exists(run), "nothing was begun");
        Files.writeString(data, lines.replaceAll("\"(yes|no|green)\"", "\"red\""));
        refused(train(), "must have at least 2 different answers that 1 questions have, got [red]");
        Files.writeString(data, lines);
        refused(train("--set", "minimum_answers=9"), "got []", "lower \"minimum_answers\"");
        refused(train("--set", "batch=9"), "the images must fill one batch, got 4 images");
        refused(train("--set", "question_length=4"), "question_length 4 words, got 5 in 'what color is it?'");
    }

    @Test
    void wrongRecipesAreRefused() {
        refused(train("--set", "head=best"), "\"head\" must be one of [stacked, relation, memory, transformer");
        refused(train("--set", "width=6"), "width must be a positive multiple of 4, got 6");
        refused(train("--set", "encoder_rate=0"), "\"encoder_rate\" 0 keeps an encoder that has learned");
        refused(train("--set", "encoder=nowhere"), "\"encoder\" must be conv, vit or the folder", "got nowhere");
        refused(train("-m", Cli.checkpoint()), "must be one of");
    }
}

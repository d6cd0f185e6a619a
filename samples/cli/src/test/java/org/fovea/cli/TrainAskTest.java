package org.fovea.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fovea.core.testing.FixtureFiles;
import org.fovea.vit.hub.PretrainedEncoder;
import org.fovea.vqa.hub.PretrainedAnswerer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fovea train --task ask} and {@code fovea evaluate} on a few drawn scenes. */
class TrainAskTest {
    @TempDir
    Path folder;

    private Path data;
    private Path run;

    @BeforeEach
    void drawScenes() {
        data = folder.resolve("scenes");
        run = folder.resolve("run");
        scenes("train", 12, 1);
        scenes("val", 3, 2);
    }

    private void scenes(String split, int count, int seed) {
        Cli drawn = Cli.run("scenes", data.resolve(split), "--count", count, "--size", 32, "--seed", seed);
        assertEquals(0, drawn.exitCode(), drawn.err());
    }

    /** Trains the smallest model that trains in a moment. */
    private Cli train(Object... more) {
        List<Object> all = new ArrayList<>(List.of("train", "--task", "ask", "-d", data, "-o", run, "-b", 6));
        for (String setting :
                List.of("encoder_width=16", "width=16", "minimum_count=1", "questions_per_image=2", "image_size=32")) {
            all.addAll(List.of("--set", setting));
        }
        all.addAll(List.of(more));
        return Cli.run(all.toArray());
    }

    @Test
    void trainedAnswererAnswersAndIsEvaluated() throws IOException {
        Cli trained = train("-e", 2, "--set", "head=stacked", "--set", "keep=last");
        assertEquals(0, trained.exitCode(), trained.err());
        assertTrue(trained.err().contains("2 epochs of 2 steps of 6 images"), trained.err());
        assertTrue(trained.out().contains("accuracy "), trained.out());
        String columns = Files.readAllLines(run.resolve("metrics.csv")).get(0);
        assertTrue(columns.contains("training_loss,accuracy"), columns);
        for (String file : List.of("loss.png", "accuracy.png", "learning-rate.png", "mistakes/01-gaze.png")) {
            assertTrue(Files.size(run.resolve("report").resolve(file)) > 100, file);
        }
        assertTrue(Files.readString(run.resolve("report/mistakes.html")).contains("mistakes/01-gaze.png"));
        long asked = Files.readAllLines(data.resolve("val/questions.jsonl")).size();
        Cli evaluated = Cli.run("evaluate", "-m", run, "-d", data, "-f", "json");
        assertEquals(0, evaluated.exitCode(), evaluated.err());
        JsonNode scores = evaluated.json().get(0);
        assertEquals(asked, scores.get("questions").asLong());
        assertTrue(scores.get("per_question_type").has("count"), scores.toString());
        assertEquals(accuracyOfTheFile(), scores.get("overall").asDouble(), 0.005);
        asksAsItWasEvaluated();
        resumesToTheSameWeights();
    }

    /** Percent of the answers in the report that are the right ones. */
    private double accuracyOfTheFile() throws IOException {
        List<String> lines = Files.readAllLines(run.resolve("report/answers.jsonl"));
        long right = lines.stream()
                .map(Cli::parse)
                .filter(line -> line.get("answers").get(0).equals(line.get("predicted")))
                .count();
        return 100.0 * right / lines.size();
    }

    private void asksAsItWasEvaluated() throws IOException {
        JsonNode first = Cli.parse(
                Files.readAllLines(run.resolve("report/answers.jsonl")).get(0));
        Cli asked = Cli.run(
                "ask",
                "-m",
                run,
                "-q",
                first.get("question").asText(),
                "-f",
                "json",
                data.resolve(first.get("image").asText()));
        assertEquals(0, asked.exitCode(), asked.err());
        assertEquals(
                first.get("predicted"),
                asked.json().get(0).get("answers").get(0).get("answer"));
    }

    /** As if the run had been killed when its second epoch began. */
    private void resumesToTheSameWeights() throws IOException {
        byte[] weights = Files.readAllBytes(run.resolve("model.safetensors"));
        Files.delete(run.resolve("model.safetensors"));
        Files.delete(run.resolve("checkpoints/step-0000000004.safetensors"));
        Cli resumed = Cli.run("train", "-d", data, "-o", run, "--resume");
        assertEquals(0, resumed.exitCode(), resumed.err());
        assertTrue(resumed.err().contains("resuming at step 2"), resumed.err());
        assertArrayEquals(weights, Files.readAllBytes(run.resolve("model.safetensors")));
    }

    @Test
    void publishedEncoderStaysAsItIs() throws IOException {
        Cli trained = train(
                "-e", 1, "--set", "head=memory", "--set", "encoder=" + Cli.checkpoint(), "--set", "encoder_rate=0");
        assertEquals(0, trained.exitCode(), trained.err());
        try (PretrainedEncoder before = PretrainedEncoder.open(Cli.checkpoint());
                PretrainedAnswerer after = PretrainedAnswerer.open(run)) {
            for (String name : before.parameters().names()) {
                assertArrayEquals(
                        before.parameters().floats(name), after.parameters().floats("vision.encoder." + name), name);
            }
        }
    }

    @Test
    void publishedAnswererIsEvaluated() throws IOException {
        Cli evaluated = Cli.run("evaluate", "-m", FixtureFiles.of("vilt-vqa"), "-d", data, "-f", "json");
        assertEquals(0, evaluated.exitCode(), evaluated.err());
        JsonNode scores = evaluated.json().get(0);
        assertEquals(
                Files.readAllLines(data.resolve("val/questions.jsonl")).size(),
                scores.get("questions").asInt());
        Cli shown = Cli.run("evaluate", "-m", FixtureFiles.of("vilt-vqa"), "-d", data);
        assertTrue(shown.out().contains("question type attribute"), shown.out());
        assertTrue(shown.out().contains("  people: "), shown.out());
    }

    /** Answers that the earlier model does not know are left out; where none is left, it is said. */
    @Test
    void answererOfThisProgramIsTrainedFurther() throws IOException {
        Path earlier = folder.resolve("earlier");
        run = earlier;
        Cli first = train("-e", 1, "--set", "encoder=vit", "--set", "head=relation", "--set", "link=sigmoid");
        assertEquals(0, first.exitCode(), first.err());
        run = folder.resolve("further");
        Cli further = Cli.run("train", "-t", "ask", "-d", data, "-o", run, "-m", earlier, "-e", 1, "-b", 6);
        assertEquals(0, further.exitCode(), further.err());
        for (String file : List.of("config.json", "tokenizer.json", "preprocessor_config.json")) {
            assertEquals(
                    Cli.parse(Files.readString(earlier.resolve(file))),
                    Cli.parse(Files.readString(run.resolve(file))),
                    file);
        }
    }
}

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
import org.fovea.captioning.ImageCaptioner;
import org.fovea.captioning.hub.PretrainedCaptioner;
import org.fovea.core.testing.FixtureFiles;
import org.fovea.core.text.Tokenizer;
import org.fovea.vit.hub.PretrainedEncoder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fovea train --task caption} and {@code fovea evaluate} on a few drawn scenes. */
class TrainCaptionTest {
    @TempDir
    Path folder;

    private Path data;
    private Path run;

    @BeforeEach
    void drawScenes() {
        data = folder.resolve("scenes");
        run = folder.resolve("run");
        scenes("train", 12, 1);
        scenes("val", 2, 2);
    }

    private void scenes(String split, int count, int seed) {
        Cli drawn =
                Cli.run("scenes", data.resolve(split), "--count", count, "--size", 32, "--captions", 3, "--seed", seed);
        assertEquals(0, drawn.exitCode(), drawn.err());
    }

    /** Trains the smallest model that trains in a moment. */
    private Cli train(Object... more) {
        List<Object> all = new ArrayList<>(List.of("train", "--task", "caption", "-d", data, "-o", run, "-b", 6));
        for (String setting : List.of(
                "encoder_width=16",
                "decoder_width=32",
                "embedding_width=16",
                "attention_width=16",
                "minimum_count=1",
                "captions_per_image=2",
                "caption_length=8",
                "image_size=32")) {
            all.addAll(List.of("--set", setting));
        }
        all.addAll(List.of(more));
        return Cli.run(all.toArray());
    }

    @Test
    void trainedCaptionerDescribesAndIsEvaluated() throws IOException {
        Cli trained = train(
                "-e", 2, "--set", "self_critical_epochs=1", "--set", "doubly_stochastic=0.1", "--set", "keep=last");
        assertEquals(0, trained.exitCode(), trained.err());
        assertTrue(trained.err().contains("2 epochs of 2 steps of 6 images"), trained.err());
        assertTrue(trained.err().contains("fovea: self-critical"), trained.err());
        assertTrue(trained.err().contains("1 epochs of 2 steps"), trained.err());
        assertTrue(trained.out().contains("CIDEr "), trained.out());
        assertTrue(Files.readAllLines(run.resolve("metrics.csv")).get(0).contains("training_loss,cider,bleu4,rouge_l"));
        assertEquals(
                2, Files.readAllLines(run.resolve("self-critical/metrics.csv")).size());
        for (String file : List.of("loss.png", "cider.png", "learning-rate.png", "attention/01-words.png")) {
            assertTrue(Files.size(run.resolve("report").resolve(file)) > 100, file);
        }
        assertTrue(Files.readString(run.resolve("report/samples.html")).contains("attention/02-words.png"));
        Cli evaluated = Cli.run("evaluate", "-m", run, "-d", data, "-f", "json");
        assertEquals(0, evaluated.exitCode(), evaluated.err());
        JsonNode scores = evaluated.json().get(0);
        assertEquals(2, scores.get("images").asInt());
        assertEquals(4, scores.get("bleu").size());
        Cli scored = Cli.run("score", "captions", run.resolve("report/captions.jsonl"), "-f", "json");
        assertEquals(0, scored.exitCode(), scored.err());
        for (String name : List.of("bleu", "rouge_l", "cider")) {
            assertEquals(scores.get(name), scored.json().get(0).get(name), name);
        }
        Cli captioned = Cli.run("caption", "-m", run, data.resolve("val/images/000000.png"));
        assertEquals(0, captioned.exitCode(), captioned.err());
        resumesToTheSameWeights();
    }

    /** As if the run had been killed when its second phase began. */
    private void resumesToTheSameWeights() throws IOException {
        byte[] weights = Files.readAllBytes(run.resolve("model.safetensors"));
        Files.delete(run.resolve("model.safetensors"));
        try (var checkpoints = Files.list(run.resolve("self-critical/checkpoints"))) {
            for (Path file : checkpoints.toList()) {
                Files.delete(file);
            }
        }
        Cli resumed = Cli.run("train", "-d", data, "-o", run, "--resume");
        assertEquals(0, resumed.exitCode(), resumed.err());
        assertTrue(resumed.err().contains("resuming at step 4, epoch 3"), resumed.err());
        assertArrayEquals(weights, Files.readAllBytes(run.resolve("model.safetensors")));
    }

    /** Tokens of parts of words, throughout: in training, sampling, scores, the saved model and training that goes on. */
    @Test
    void tokenizerOfAnotherModelIsTaken() throws IOException {
        Path tokenizer = FixtureFiles.of("vit-gpt2");
        Cli trained = train(
                "-e", 1, "--tokenizer", tokenizer, "--set", "self_critical_epochs=1", "--set", "decoder=transformer");
        assertEquals(0, trained.exitCode(), trained.err());
        try (Tokenizer expected = Tokenizer.load(tokenizer);
                ImageCaptioner captioner = ImageCaptioner.load(run)) {
            String caption = "a red ring";
            assertArrayEquals(expected.encode(caption), captioner.tokenizer().encode(caption));
            assertEquals(
                    expected.special().end().getAsInt(),
                    captioner.request().options().tokens().end().get(0));
        }
        Cli captioned = Cli.run("caption", "-m", run, data.resolve("val/images/000000.png"), "-f", "json");
        assertEquals(0, captioned.exitCode(), captioned.err());
        Cli evaluated = Cli.run("evaluate", "-m", run, "-d", data, "-f", "json");
        assertEquals(0, evaluated.exitCode(), evaluated.err());
        Path further = folder.resolve("further");
        Cli again = Cli.run("train", "-t", "caption", "-d", data, "-o", further, "-b", 6, "-e", 1, "-m", run);
        assertEquals(0, again.exitCode(), again.err());
        assertArrayEquals(
                Files.readAllBytes(run.resolve("tokenizer.json")),
                Files.readAllBytes(further.resolve("tokenizer.json")));
    }

    @Test
    void publishedEncoderStaysAsItIs() throws IOException {
        Cli trained = train("-e", 1, "--set", "encoder=" + Cli.checkpoint(), "--set", "encoder_rate=0");
        assertEquals(0, trained.exitCode(), trained.err());
        assertEquals(
                Cli.parse(Files.readString(Cli.checkpoint().resolve("preprocessor_config.json"))),
                Cli.parse(Files.readString(run.resolve("preprocessor_config.json"))));
        try (PretrainedEncoder before = PretrainedEncoder.open(Cli.checkpoint());
                PretrainedCaptioner after = PretrainedCaptioner.open(run)) {
            for (String name : before.parameters().names()) {
                assertArrayEquals(
                        before.parameters().floats(name), after.parameters().floats("vision.encoder." + name), name);
            }
            assertTrue(after.parameters().names().contains("vision.projection.weight"));
        }
    }

    @Test
    void captionerOfThisProgramIsTrainedFurther() throws IOException {
        Path earlier = folder.resolve("earlier");
        run = earlier;
        assertEquals(
                0,
                train("-e", 1, "--set", "encoder=vit", "--set", "decoder=transformer")
                        .exitCode());
        run = folder.resolve("further");
        Cli further = Cli.run("train", "-t", "caption", "-d", data, "-o", run, "-m", earlier, "-e", 1, "-b", 6);
        assertEquals(0, further.exitCode(), further.err());
        assertEquals(Files.readString(earlier.resolve("config.json")), Files.readString(run.resolve("config.json")));
    }
}

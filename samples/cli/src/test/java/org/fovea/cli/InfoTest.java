package org.fovea.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fovea.core.testing.FixtureFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code fovea info} of models of every task. */
class InfoTest {
    private static JsonNode info(Object model) {
        Cli run = Cli.run("info", model, "-f", "json");
        assertEquals(0, run.exitCode(), run.err());
        return run.json().get(0);
    }

    @ParameterizedTest
    @CsvSource({ // parameters as the reference library counts them
        "swin-tiny-patch4-window7-224, classify, 28288354",
        "blip-image-captioning-base, caption, 223971644",
        "segformer-b0, segment, 3752694",
        "vilt-b32-finetuned-vqa, ask, 117588537"
    })
    void publishedSizes(String name, String command, long parameters) {
        JsonNode info = info(name);
        assertEquals(command, info.get("command").asText());
        assertEquals(parameters, info.get("parameters").asLong());
    }

    @Test
    void operationsOfASam() {
        JsonNode info = info("sam-vit-base");
        assertEquals("segment --point", info.get("command").asText());
        assertEquals(93.7e6, info.get("parameters").asDouble(), 0.05e6); // the paper's 91 M and the prompts' side
        assertEquals("an image", info.at("/passes/0/unit").asText());
        assertEquals("a point", info.at("/passes/1/unit").asText());
        assertTrue(info.at("/passes/0/flops").asDouble()
                > 100 * info.at("/passes/1/flops").asDouble());
    }

    @ParameterizedTest
    @CsvSource({
        "vit-hf, classify, 1",
        "vit-timm, classify, 1",
        "deit-hf, classify, 1",
        "dinov2-hf, classify, 1",
        "swin, classify, 1",
        "beit, classify, 1",
        "blip-captioning, caption, 2",
        "git, caption, 2",
        "vit-gpt2, caption, 2",
        "segformer, segment, 1",
        "sam, segment --point, 2",
        "vilt-vqa, ask, 2",
        "blip-vqa, ask, 3"
    })
    void checkpointsOfEveryFamily(String fixture, String command, int passes) {
        JsonNode info = info(FixtureFiles.of(fixture));
        assertEquals(command, info.get("command").asText());
        assertEquals(passes, info.get("passes").size());
        assertTrue(info.get("preprocessing").size() >= 2, info.toString());
        assertEquals(sum(info.get("parts")), info.get("parameters").asLong());
        double bytes = 4 * info.get("parameters").asDouble();
        assertTrue(
                info.at("/weight_bytes/f32").asDouble() > 0.95 * bytes, info.toString()); // some are folded into others
        assertTrue(info.at("/weight_bytes/int8").asLong()
                < info.at("/weight_bytes/bf16").asLong());
        info.get("passes").forEach(pass -> assertTrue(pass.get("flops").asLong() > 0, pass.toString()));
    }

    private static long sum(JsonNode numbers) {
        long out = 0;
        for (JsonNode number : numbers) {
            out += number.asLong();
        }
        return out;
    }

    @ParameterizedTest
    @CsvSource({
        "cifar10, fovea classify, airplane; automobile",
        "scenes-captioner, fovea caption, each block attending to the image",
        "scenes-answerer, fovea ask, a question of",
        "nuclei, fovea segment, background; nucleus"
    })
    void modelsThatCome(String name, String command, String text) {
        Cli run = Cli.run("info", name);
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains(command) && run.out().contains(text), run.out());
    }

    @Test
    void segmentersTakeOtherImageSizes() {
        JsonNode small = Cli.run("info", "segformer-b0", "--image-size", 256, "-f", "json")
                .json()
                .get(0);
        assertEquals(256, small.get("image_height").asInt());
        assertTrue(
                small.get("flops").asLong() < info("segformer-b0").get("flops").asLong() / 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"scenes-captioner", "sam-vit-base"})
    void otherModelsSayThatTheyTakeOneSize(String name) {
        Cli run = Cli.run("info", name, "--image-size", 32);
        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("the image size must be the model's own, got 32 x 32"), run.err());
    }

    @Test
    void graphsOfAllParts() {
        Cli run = Cli.run("info", "scenes-captioner", "--graph");
        assertTrue(run.out().startsWith("# encoder, an image\n"), run.out());
        assertTrue(run.out().contains("\n# decoder, a token\n"), run.out());
    }

    @Test
    void aTypeOfNoTaskIsRefusedWithTheNearest(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"segformr\"}");
        Cli run = Cli.run("info", folder);
        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("Did you mean \"segformer\"?"), run.err());
        assertTrue(run.err().contains("vilt") && run.err().contains("sam"), run.err());
    }

    @Test
    void anUnknownNameIsToldTheNearest() {
        Cli run = Cli.run("info", "segformer-b9");
        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("segformer-b"), run.err());
    }
}

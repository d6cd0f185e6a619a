package org.fovea.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.fovea.cli.doctor.LibraryCheck;
import org.fovea.cli.terminal.FailureException;
import org.fovea.cli.terminal.Failures;
import org.fovea.core.LibraryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The other commands, and command lines that are wrong. */
class CommandsTest {
    @Command(name = "nothing")
    private static final class Nothing {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "classify",
                "info",
                "bench",
                "doctor",
                "gallery",
                "scenes",
                "serve",
                "completion",
                "caption",
                "score",
                "score captions"
            })
    void helpIsThere(String command) {
        Cli run = command.isEmpty() ? Cli.run("--help") : Cli.run((Object[]) (command + " --help").split(" "));
        assertEquals(0, run.exitCode());
        assertTrue(run.out().startsWith("Usage: fovea"), run.out());
        run.out().lines().forEach(line -> assertTrue(line.length() <= 80, line));
    }

    @Test
    void classifyWithoutAModelSaysWhatTheShippedOneKnows() {
        Cli run = Cli.run("classify", Cli.photo());
        assertEquals(0, run.exitCode());
        assertTrue(run.err().contains("airplane, automobile, bird"), run.err());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serve --port 70000",
                "serve --max-body much",
                "serve --body-memory 39MB",
                "serve --models nothing",
                "serve --models a=/there/is/no/such/folder",
                "classify -m x",
                "classify -m x --top 0 y",
                "classify -m x --batch -1 y",
                "classify -m x --image-size 0 y",
                "classify -m x --max-pixels 0 y",
                "classify -m x --format xml y",
                "classify -m x --precision f16 y",
                "classify -m x --backend tpu y",
                "classify -m x --threads 0 y",
                "classify -m x --nonsense y",
                "clasify x",
                "info nothing-of-this-name",
                "bench",
                "bench -m vit-tiny-patch16-224 --seconds 0",
                "bench -m vit-tiny-patch16-224 --batch 0",
                "bench -m vit-tiny-patch16-224 --precision bf16 --backend nd4j"
            })
    void wrongCommandLinesEndWithTwo(String line) {
        Cli run = Cli.run((Object[]) line.split(" "));
        assertEquals(2, run.exitCode(), run.err());
        assertTrue(run.err().startsWith("fovea: "), run.err());
        assertTrue(run.err().contains("--help"), run.err());
        assertEquals("", run.out());
    }

    @Test
    void imageSizeMustSuitThePatch() {
        Cli run = Cli.run("classify", "-m", Cli.checkpoint(), "--image-size", 33, Cli.photo());
        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("33") && run.err().contains("8"), run.err());
    }

    @Test
    void dumpTakesOneImage() {
        Cli run = Cli.run("classify", "-m", Cli.checkpoint(), "--dump", "x", Cli.photo(), Cli.photo());
        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("exactly one image, got 2"), run.err());
    }

    @Test
    void infoOfAPublishedSize() {
        JsonNode info = Cli.run("info", "vit-base-patch16-224", "--format", "json")
                .json()
                .get(0);
        assertEquals(86_567_656, info.get("parameters").asLong()); // timm's vit_base_patch16_224
        assertEquals(35.1e9, info.get("flops").asDouble(), 0.2e9); // twice the 17.6 GMACs of the DeiT paper
        assertEquals(4 * 86_567_656.0, info.at("/weight_bytes/f32").asDouble(), 1e6);
        assertTrue(info.at("/weight_bytes/int8").asLong()
                < info.at("/weight_bytes/bf16").asLong());
    }

    @Test
    void infoOfACheckpoint() {
        Cli text = Cli.run("info", Cli.checkpoint());
        assertEquals(0, text.exitCode(), text.err());
        assertTrue(text.out().contains("tabby cat; coffee mug"), text.out());
        assertTrue(text.out().contains("resize to 32 x 32"), text.out());
        JsonNode json = Cli.run("info", Cli.checkpoint(), "-f", "json").json().get(0);
        assertEquals(5, json.get("labels").asInt());
        assertEquals(2, json.get("preprocessing").size());
    }

    @Test
    void infoPrintsTheGraph() {
        Cli run = Cli.run("info", Cli.checkpoint(), "--graph");
        assertTrue(run.out().contains("output logits = "), run.out());
    }

    @Test
    void benchMeasuresEachBatchAndPrecision() {
        Cli run = Cli.run(
                "bench",
                "-m",
                Cli.checkpoint(),
                "--batch",
                "1,2",
                "--precision",
                "f32,int8",
                "-s",
                "0.05",
                "-f",
                "json");
        assertEquals(0, run.exitCode(), run.err());
        JsonNode results = run.json().get(0).get("results");
        List<String> rows = new ArrayList<>();
        for (JsonNode r : results) {
            rows.add(r.get("batch").asInt() + " " + r.get("precision").asText());
            for (String key : List.of("median_ms", "images_per_s", "gflops", "ceiling_share", "ceiling_gflops")) {
                assertTrue(r.get(key).isNumber() && r.get(key).asDouble() > 0, key + " in " + r);
            }
            assertTrue(r.get("min_ms").asDouble() <= r.get("median_ms").asDouble(), r.toString());
            assertTrue(r.get("runs").asInt() >= 10, r.toString());
            assertEquals(
                    r.get("batch").asDouble() * 1000 / r.get("median_ms").asDouble(),
                    r.get("images_per_s").asDouble(),
                    1e-6);
        }
        assertEquals(List.of("1 f32", "2 f32", "1 int8", "2 int8"), rows);
    }

    @Test
    void doctorLoadsEveryLibrary() {
        Cli run = Cli.run("doctor", "--format", "json");
        JsonNode report = run.json().get(0);
        assertEquals(0, run.exitCode(), run.out());
        List<String> names = new ArrayList<>();
        for (JsonNode library : report.get("libraries")) {
            names.add(library.get("name").asText());
            assertTrue(library.get("loads").asBoolean(), library.toString());
        }
        assertEquals(Set.of("JavaCPP", "OpenCV", "oneDNN", "ND4J"), Set.copyOf(names));
        assertTrue(report.at("/ceiling_gflops/f32").asDouble() > 1, run.out());
        assertEquals(
                3,
                report.get("ceiling_gflops").size() + report.get("unsupported").size(),
                run.out());
    }

    @Test
    void precisionThatTheBackendLacksIsRefusedWithItsReason() {
        String reason = "the precision must be F32 or F64, got INT8; the onednn backend has the others";
        Cli run = Cli.run("classify", "-m", Cli.checkpoint(), "-p", "int8", "--backend", "nd4j", Cli.photo());
        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains(reason), run.err());
        Cli doctor = Cli.run("doctor", "--backend", "nd4j");
        assertTrue(doctor.out().contains(reason), doctor.out());
    }

    @Test
    void outOfMemorySaysHowToGetMore() {
        Throwable wrapped = new CommandLine.ExecutionException(
                new CommandLine(new Nothing()), "Error while calling", new OutOfMemoryError("Java heap space"));
        String text = Failures.text(wrapped);
        assertTrue(text.startsWith("out of memory (Java heap space)") && text.contains("-Xmx"), text);
    }

    @Test
    void onlyErrorsMeantForUsersAreToldAsAdvice() {
        assertEquals("rule and cure", Failures.text(new FailureException("rule and cure")));
        assertEquals("rule and cure", Failures.text(new LibraryException("rule and cure", null)));
        for (RuntimeException bug : List.of(new IllegalStateException("Map is empty"), new NullPointerException())) {
            String text = Failures.text(bug);
            assertTrue(text.startsWith("unexpected " + bug) && text.contains("--verbose"), text);
        }
        assertEquals(
                "x.jpg: there is no such file or directory",
                Failures.text(new UncheckedIOException(new NoSuchFileException("x.jpg"))));
    }

    @Test
    void brokenLibraryIsSaidWithItsCure() {
        LibraryCheck check = LibraryCheck.of(
                "x",
                () -> {
                    throw new UnsatisfiedLinkError("no jnix in java.library.path");
                },
                "do this");
        assertEquals("do this", check.cure().orElseThrow());
        assertTrue(check.said().contains("no jnix"), check.said());
    }

    @Test
    void completionIsAScript() {
        Cli run = Cli.run("completion");
        assertTrue(run.out().startsWith("#!/usr/bin/env bash"), run.out());
        assertTrue(run.out().contains("--heatmap"), "an option of classify");
    }
}

package org.fovea.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fovea.cli.bench.EndToEndMeasurement;
import org.fovea.cli.bench.LoaderTrial;
import org.fovea.cli.bench.Measurement;
import org.fovea.cli.terminal.ExitCode;
import org.fovea.core.backend.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fovea bench --train}. */
class TrainingBenchTest {
    @TempDir
    Path folder;

    private static void assertPositive(JsonNode line, String... keys) {
        for (String key : keys) {
            assertTrue(line.get(key).asDouble() > 0, key + " in " + line);
        }
    }

    @Test
    void stepsAreMeasuredInEachPrecision() {
        Cli run = Cli.run("bench", "--train", "--image-size", 16, "-b", 4, "-s", 0.02, "-f", "json");
        assertEquals(0, run.exitCode(), run.err());
        JsonNode report = run.json().get(0);
        assertEquals("cct-2-3x2", report.get("model").asText());
        assertTrue(report.get("training").asBoolean());
        assertEquals("adamw", report.get("optimizer").asText());
        assertEquals(1, report.get("clip_norm").asDouble());
        List<String> rows = new ArrayList<>();
        for (JsonNode line : report.get("results")) {
            rows.add(line.get("batch").asInt() + " " + line.get("precision").asText());
            assertPositive(line, "median_ms", "images_per_s", "gflops", "ceiling_gflops");
            assertFalse(line.has("fed_images_per_s"), line.toString());
        }
        assertTrue(List.of("4 f32", "4 bf16").subList(0, rows.size()).equals(rows), rows.toString());
    }

    @Test
    void loaderIsMeasuredAloneAndBesideTheSteps() throws IOException {
        ColorSquares.make(folder);
        Cli run = Cli.run(
                "bench", "--train", "-d", folder, "--image-size", 16, "-b", 4, "-p", "f32", "-s", 0.02, "-f", "json");
        assertEquals(0, run.exitCode(), run.err());
        JsonNode line = run.json().get(0).get("results").get(0);
        assertPositive(line, "loader_images_per_s", "loader_first_images_per_s", "fed_images_per_s", "fed_median_ms");
        int images = line.get("loader_images").asInt();
        assertTrue(images > 0 && images <= 16 && images % 4 == 0, line.toString());
        double wait = line.get("wait_ms").asDouble();
        assertTrue(wait >= 0 && wait <= line.get("fed_median_ms").asDouble(), line.toString());
    }

    @Test
    void columnsStandUnderTheirHeads() {
        Measurement alone = new Measurement(128, Precision.BF16, 12.5, 11.25, 100, 5_000_000_000L, 500);
        EndToEndMeasurement fed =
                new EndToEndMeasurement(alone, new LoaderTrial.Speed(5000, 4075.3, 16630.4), 13, 0.25);
        assertEquals(Measurement.HEADING.length(), alone.text().length(), alone.text());
        assertEquals(
                Measurement.HEADING.length() + EndToEndMeasurement.HEADING.length(),
                fed.text().length(),
                fed.text());
        assertTrue(alone.text().matches(" *128 +bf16 +12.50 +11.25 +10240.0 +400 +500 +0.80"), alone.text());
        assertTrue(fed.text().endsWith("16630     4075     9846.2      0.25"), fed.text());
    }

    @Test
    void optionsThatDoNotGoTogetherAreRefused() {
        refused(Cli.run("bench"), "Missing required option: '--model=");
        refused(Cli.run("bench", "-m", "cct-2-3x2", "-d", folder), "--data needs --train");
        refused(Cli.run("bench", "--train", "-p", "int8"), "--precision must be one of [f32");
        refused(Cli.run("bench", "--train", "-m", "cct-2-3by2"), "Did you mean \"cct-2-3x2\"?");
        refused(Cli.run("bench", "--train", "--data-threads", 0), "--data-threads must be at least 1, got 0");
    }

    private static void refused(Cli run, String text) {
        assertEquals(ExitCode.USAGE, run.exitCode(), run.err());
        assertTrue(run.err().contains(text), run.err());
    }
}

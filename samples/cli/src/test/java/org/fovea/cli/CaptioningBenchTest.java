package org.fovea.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fovea.core.testing.FixtureFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code fovea bench} on captioners. */
class CaptioningBenchTest {
    private static final Path BLIP = FixtureFiles.of("blip-captioning");
    /** Two blocks of six square maps, width 48, and a feed-forward of 80; the head's map, and 232 words. */
    private static final int STEP_WEIGHTS = 2 * (6 * 48 * 48 + 2 * 48 * 80) + 48 * 48 + 232 * 48;

    private static final List<String> SPEEDS = List.of("encoder_ms", "ms_per_token", "median_ms", "memory_gb_per_s");

    @Test
    void benchMeasuresGreedyAndBeams() {
        Cli run = Cli.run("bench", "-m", BLIP, "--beams", "1,2", "--max-new-tokens", 3, "-s", 0.05, "-f", "json");
        assertEquals(0, run.exitCode(), run.err());
        List<String> rows = new ArrayList<>();
        for (JsonNode r : run.json().get(0).get("results")) {
            if (r.get("precision").asText().equals("f32")) {
                rows.add(r.get("beams").asInt() + " " + r.get("tokens").asInt());
                assertEquals(4 * STEP_WEIGHTS, r.get("weight_bytes_per_token").asInt());
            }
            for (String key : SPEEDS) {
                assertTrue(r.get(key).asDouble() > 0, key + " in " + r);
            }
            double bytes = r.get("weight_bytes_per_token").asDouble();
            double speed = bytes / (r.get("ms_per_token").asDouble() * 1e6);
            assertEquals(speed, r.get("weights_gb_per_s").asDouble(), 1e-9 * speed);
            double share = speed / r.get("memory_gb_per_s").asDouble();
            assertEquals(share, r.get("bandwidth_share").asDouble(), 1e-9 * share);
            double rest = r.get("median_ms").asDouble() - r.get("encoder_ms").asDouble();
            assertTrue(rest > 0, r.toString());
        }
        assertEquals(List.of("1 3", "2 3"), rows);
    }

    @Test
    void int8DecoderWeightsAreReadInOneByteEach() {
        Cli run = Cli.run(
                "bench", "-m", BLIP, "--beams", 1, "-p", "f32", "--decoder-weights", "int8", "-s", 0.05, "-f", "json");
        assertEquals(0, run.exitCode(), run.err());
        JsonNode report = run.json().get(0);
        assertEquals("int8", report.get("decoder_weights").asText());
        assertEquals(
                STEP_WEIGHTS,
                report.get("results").get(0).get("weight_bytes_per_token").asInt());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bench -m vit-tiny-patch16-224 --beams 3",
                "bench -m blip-image-captioning-base --image-size 224",
                "bench -m blip-image-captioning-base --beams 0",
                "bench -m blip-image-captioning-base --max-new-tokens 0"
            })
    void contradictoryOptionsAreUsageErrors(String line) {
        Cli run = Cli.run((Object[]) line.split(" "));
        assertEquals(2, run.exitCode(), run.err());
    }
}

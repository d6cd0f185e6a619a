package org.fovea.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.fovea.core.testing.FixtureFiles;
import org.junit.jupiter.api.Test;

/** {@code fovea bench} of a segmenter. */
class SegmentingBenchTest {
    @Test
    void aCheckpointIsMeasuredAtAnyImageSize() {
        Cli run = Cli.run(
                "bench",
                "-m",
                FixtureFiles.of("segformer"),
                "--image-size",
                96,
                "-p",
                "f32",
                "-s",
                0.05,
                "--format",
                "json");
        assertEquals(0, run.exitCode(), run.err());
        JsonNode line = run.json().get(0).at("/results/0");
        assertEquals("f32", line.get("precision").asText());
        assertEquals(1, line.get("batch").asInt());
        assertTrue(line.get("median_ms").asDouble() > 0, run.out());
    }

    @Test
    void aSizeThatTheModelDoesNotTakeIsAnError() {
        Cli run = Cli.run("bench", "-m", "segformer-b0", "--image-size", 16);
        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("give larger images"), run.err());
    }
}

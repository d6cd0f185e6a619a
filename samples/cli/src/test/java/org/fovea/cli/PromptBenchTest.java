package org.fovea.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.fovea.cli.terminal.ExitCode;
import org.fovea.core.testing.FixtureFiles;
import org.junit.jupiter.api.Test;

/** {@code fovea bench} on SAM. */
class PromptBenchTest {
    @Test
    void benchMeasuresTheEmbeddingAndPrompts() {
        Cli run = Cli.run("bench", "-m", FixtureFiles.of("sam"), "-b", "1,3", "-p", "f32", "-s", 0.05, "-f", "json");
        assertEquals(ExitCode.DONE, run.exitCode(), run.err());
        List<String> parts = new ArrayList<>();
        for (JsonNode line : run.json().get(0).get("results")) {
            parts.add(line.get("part").asText() + " " + line.get("batch").asInt());
            assertTrue(line.get("median_ms").asDouble() > 0, line.toString());
            assertTrue(line.get("gflops").asDouble() > 0, line.toString());
        }
        assertEquals(List.of("embedding 1", "prompt 1", "prompt 3"), parts);
    }

    @Test
    void anotherImageSizeIsRefused() {
        Cli run = Cli.run("bench", "-m", "sam-vit-base", "--image-size", 512);
        assertEquals(ExitCode.USAGE, run.exitCode());
        assertTrue(run.err().contains("does not go with a SAM"), run.err());
    }
}

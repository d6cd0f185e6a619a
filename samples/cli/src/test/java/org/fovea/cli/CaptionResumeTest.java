package org.fovea.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.fovea.core.testing.FixtureFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of {@code fovea caption --sidecar --resume} that are killed. */
class CaptionResumeTest {
    private static final int IMAGES = 400;
    private static final int KILLS = 3;
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    Path folder;

    private Object[] arguments() {
        return new Object[] {
            "caption",
            "-m",
            FixtureFiles.of("git"),
            "--sidecar",
            "txt",
            "--resume",
            folder.resolve("done.jsonl"),
            folder.resolve("images")
        };
    }

    @Test
    void killedRunsLeaveNoFileMissingDoubledOrHalfWritten() throws IOException, InterruptedException {
        for (int i = 0; i < IMAGES; i++) {
            Cli.picture(folder.resolve("images/" + i + ".png"), i % 20);
        }
        Path done = folder.resolve("done.jsonl");
        for (int kill = 1; kill <= KILLS; kill++) {
            Process process = Cli.process(arguments())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (lines(done) < kill * IMAGES / (KILLS + 1) && process.isAlive() && System.nanoTime() < end) {
                Thread.sleep(1);
            }
            process.destroyForcibly().waitFor();
            long before = lines(done);
            assertTrue(before > 0 && before < IMAGES, "killed after " + before + " images: too late or early to tell");
        }
        Path torn = Files.writeString(folder.resolve("images/.0.txt.999999999-0.tmp"), "half a");
        Cli last = Cli.run(arguments());
        assertEquals(0, last.exitCode(), last.err());
        assertTrue(Files.notExists(torn), "a killed process leaves nothing");
        assertComplete(done);
    }

    private static long lines(Path file) throws IOException {
        return Files.exists(file)
                ? Files.readString(file).chars().filter(c -> c == '\n').count()
                : 0;
    }

    private void assertComplete(Path done) throws IOException {
        Map<String, String> captions = new HashMap<>();
        List<String> lines = Files.readAllLines(done);
        for (String line : lines) {
            captions.put(
                    Cli.parse(line).get("file").asText(),
                    Cli.parse(line).at("/captions/0/text").asText());
        }
        assertEquals(IMAGES, lines.size());
        assertEquals(IMAGES, captions.size());
        Set<String> expected = new HashSet<>();
        for (int i = 0; i < IMAGES; i++) {
            Path image = folder.resolve("images/" + i + ".png");
            expected.add(i + ".png");
            expected.add(i + ".txt");
            assertEquals(captions.get(image.toString()) + "\n", Files.readString(image.resolveSibling(i + ".txt")));
        }
        try (Stream<Path> files = Files.list(folder.resolve("images"))) {
            Set<String> found = new HashSet<>();
            files.forEach(file -> found.add(file.getFileName().toString()));
            assertEquals(expected, found);
        }
    }
}

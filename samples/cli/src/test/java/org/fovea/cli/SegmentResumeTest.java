package org.fovea.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.fovea.core.testing.FixtureFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of {@code fovea segment --resume} that are killed give the files of an unbroken one. */
class SegmentResumeTest {
    private static final int IMAGES = 100;
    private static final int KILLS = Integer.getInteger("fovea.kills", 2);
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    Path folder;

    private Object[] arguments(String run) {
        return new Object[] {
            "segment",
            "-m",
            FixtureFiles.of("segformer"),
            "-o",
            folder.resolve(run),
            "-w",
            "mask,palette,overlay,csv,coco",
            "--resume",
            folder.resolve(run + ".jsonl"),
            folder.resolve("images")
        };
    }

    @Test
    void killedRunsGiveTheSameBytes() throws IOException, InterruptedException {
        for (int i = 0; i < IMAGES; i++) {
            Cli.picture(folder.resolve("images/" + i + ".png"), i);
        }
        Cli whole = Cli.run(arguments("whole"));
        assertEquals(0, whole.exitCode(), whole.err());
        Path done = folder.resolve("killed.jsonl");
        for (int kill = 1; kill <= KILLS; kill++) {
            Process process = Cli.process(arguments("killed"))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (lines(done) < (long) kill * IMAGES / (KILLS + 1) && process.isAlive() && System.nanoTime() < end) {
                Thread.sleep(1);
            }
            process.destroyForcibly().waitFor();
            assertTrue(lines(done) > 0 && lines(done) < IMAGES, "killed too late or early to tell");
        }
        Cli last = Cli.run(arguments("killed"));
        assertEquals(0, last.exitCode(), last.err());
        assertArrayEquals(
                Files.readAllBytes(folder.resolve("whole.jsonl")), Files.readAllBytes(done), "the lines of results");
        List<Path> expected = files("whole");
        assertEquals(names(expected), names(files("killed")));
        assertEquals(5 * IMAGES, expected.size());
        for (Path file : expected) {
            assertArrayEquals(
                    Files.readAllBytes(file),
                    Files.readAllBytes(folder.resolve("killed").resolve(file.getFileName())),
                    file.toString());
        }
    }

    private List<Path> files(String run) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(run))) {
            return new ArrayList<>(files.sorted().toList());
        }
    }

    private static TreeSet<String> names(List<Path> files) {
        TreeSet<String> out = new TreeSet<>();
        files.forEach(file -> out.add(file.getFileName().toString()));
        return out;
    }

    private static long lines(Path file) throws IOException {
        return Files.exists(file)
                ? Files.readString(file).chars().filter(c -> c == '\n').count()
                : 0;
    }
}

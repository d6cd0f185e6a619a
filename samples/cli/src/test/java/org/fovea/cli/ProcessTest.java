package org.fovea.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.fovea.cli.terminal.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Behavior that only a process of its own shows: streams, environment, exit. */
class ProcessTest {
    private static final Pattern OTHER_TASKS = Pattern.compile(
            "org\\.fovea\\.(captioning|segmentation|vqa|core\\.(text|generate)|cli\\.caption\\.CaptionOptions)|ai\\.djl");

    @TempDir
    Path folder;

    @Test
    void listOnTheStandardInput() throws IOException, InterruptedException {
        Path missing = folder.resolve("missing.png");
        Cli run = Cli.spawn(
                Cli.photo() + "\n\n" + missing + "\n",
                Cli.process("classify", "-m", Cli.checkpoint(), "-f", "json", "-"));
        assertEquals(
                List.of(Cli.photo().toString(), missing.toString()),
                run.json().stream().map(line -> line.get("file").asText()).toList());
        assertEquals(1, run.exitCode());
    }

    @Test
    void threadsMustReachTheNativeLibraries() throws IOException, InterruptedException {
        ProcessBuilder without = Cli.process("classify", "-m", Cli.checkpoint(), "--threads", 1, Cli.photo());
        without.environment().remove("OMP_NUM_THREADS");
        Cli refused = Cli.spawn("", without);
        assertEquals(2, refused.exitCode());
        assertTrue(refused.err().contains("OMP_NUM_THREADS=1 java"), refused.err());
        ProcessBuilder with = Cli.process("classify", "-m", Cli.checkpoint(), "--threads", 1, Cli.photo());
        with.environment().put("OMP_NUM_THREADS", "1");
        assertEquals(0, Cli.spawn("", with).exitCode());
    }

    /** A start stays fast: nothing of text or captioning, and of other commands their names alone. */
    @Test
    void classifyLoadsNothingOfOtherTasks() throws IOException, InterruptedException {
        Path log = folder.resolve("classes");
        ProcessBuilder builder = Cli.process("classify", "-m", Cli.checkpoint(), Cli.photo());
        builder.command().add(1, "-Xlog:class+load:file=" + log);
        assertEquals(0, Cli.spawn("", builder).exitCode());
        List<String> others = Files.readAllLines(log).stream()
                .filter(line -> OTHER_TASKS.matcher(line).find())
                .toList();
        assertTrue(Files.size(log) > 100_000, "the log is there");
        assertEquals(List.of(), others);
    }

    @Test
    void closedPipeEndsQuietly() throws IOException, InterruptedException {
        byte[] picture = Files.readAllBytes(Cli.picture(folder.resolve("one.png"), 1));
        Path images = Files.createDirectory(folder.resolve("images"));
        for (int i = 0; i < 2000; i++) {
            Files.write(images.resolve(i + ".png"), picture);
        }
        Path err = folder.resolve("err");
        Process process = Cli.process("classify", "-m", Cli.checkpoint(), images)
                .redirectError(err.toFile())
                .start();
        try (BufferedReader reader = process.inputReader()) {
            assertFalse(reader.readLine().isEmpty());
        }
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals("", Cli.messages(err));
        assertEquals(ExitCode.CLOSED_PIPE, process.exitValue());
    }

    @Test
    void heapTooSmallForAnImageIsThatImagesError() throws IOException, InterruptedException {
        Path wide = folder.resolve("wide.png");
        org.fovea.core.image.RgbImage.of(6000, 6000, new byte[3 * 6000 * 6000]).writePng(wide);
        ProcessBuilder small = Cli.process("classify", "-m", Cli.checkpoint(), "-f", "json", wide, Cli.photo());
        small.command().set(small.command().indexOf("-Xmx512m"), "-Xmx64m");
        Cli run = Cli.spawn("", small);
        assertEquals(2, run.json().size(), run.err());
        assertTrue(run.json().get(0).get("error").asText().contains("-Xmx"), run.out());
        assertTrue(run.json().get(1).has("predictions"), run.out());
        assertEquals(1, run.exitCode());
    }
}

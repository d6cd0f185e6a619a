package org.fovea.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.fovea.cli.terminal.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code fovea train} as a process of its own that is killed, and whose disk is full when it goes on. */
class TrainProcessTest {
    private static final int EACH = 40;
    private static final int STEPS_PER_EPOCH = 2 * EACH / 2 / 2; // two classes, batches of 2, two batches a step
    private static final int EVERY = 3;
    private static final int LIMIT_KILOBYTES = 2048; // of a file: more than the weights take, less than a checkpoint
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    Path folder;

    private Object[] train(Path run, Object... more) {
        List<Object> all = new ArrayList<>(List.of("train", "-d", folder.resolve("data"), "-o", run));
        all.addAll(List.of("-e", 2, "-b", 2, "--image-size", 16, "--checkpoint-every", EVERY, "--seed", 7));
        for (String setting : List.of(
                "accumulation=2",
                "dropout=0.1",
                "stochastic_depth=0.1",
                "mixup=0.8",
                "ema_decay=0.9",
                "clip_norm=1",
                "color_jitter=0.4")) {
            all.addAll(List.of("--set", setting));
        }
        all.addAll(List.of(more));
        return all.toArray();
    }

    private static List<Path> checkpoints(Path run) throws IOException {
        Path all = run.resolve("checkpoints");
        if (!Files.isDirectory(all)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(all)) {
            return files.filter(file -> file.getFileName().toString().matches("step-\\d+\\.safetensors"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void killedRunSurvivesAFullDiskAndEndsWithTheSameBits() throws IOException, InterruptedException {
        ColorSquares.make(folder.resolve("data/train"), EACH);
        ColorSquares.make(folder.resolve("data/val"), 2);
        Path whole = folder.resolve("whole");
        Cli unbroken = Cli.run(train(whole));
        assertEquals(0, unbroken.exitCode(), unbroken.err());

        Path run = folder.resolve("killed");
        kill(run);
        Path last = checkpoints(run).get(checkpoints(run).size() - 1);
        long step = Long.parseLong(last.getFileName().toString().replaceAll("\\D", ""));
        assertTrue(step < 2 * STEPS_PER_EPOCH && step % STEPS_PER_EPOCH != 0, "killed in mid-epoch, got " + last);
        assertFalse(Files.exists(run.resolve("model.safetensors")), "killed before the end");

        byte[] before = Files.readAllBytes(last);
        assertTrue(before.length > LIMIT_KILOBYTES * 1024, "a checkpoint must be above the limit: " + before.length);
        Cli full = Cli.spawn("", limited(Cli.process(train(run, "--resume"))));
        assertEquals(ExitCode.FAILED, full.exitCode(), full.err());
        String error = full.err().lines().reduce((first, second) -> second).orElseThrow();
        assertTrue(error.contains(": the checkpoint could not be written: "), full.err());
        assertTrue(error.contains(last.getFileName() + " is intact. Free space on the disk"), full.err());
        assertArrayEquals(before, Files.readAllBytes(last));

        Cli resumed = Cli.run(train(run, "--resume"));
        assertEquals(0, resumed.exitCode(), resumed.err());
        assertTrue(resumed.err().contains("resuming at step " + step), resumed.err());
        for (String file : List.of("model.safetensors", "metrics.csv")) {
            assertTrue(Files.exists(run.resolve(file)), file);
        }
        assertArrayEquals(
                Files.readAllBytes(whole.resolve("model.safetensors")),
                Files.readAllBytes(run.resolve("model.safetensors")));
    }

    /** Kills a run after its first checkpoint, before the first epoch ends. */
    private void kill(Path run) throws IOException, InterruptedException {
        Process process = Cli.process(train(run))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(folder.resolve("killed.err").toFile())
                .start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (checkpoints(run).isEmpty() && process.isAlive() && System.nanoTime() < end) {
            Thread.sleep(1);
        }
        process.destroyForcibly().waitFor(); // SIGKILL
        assertFalse(checkpoints(run).isEmpty(), Files.readString(folder.resolve("killed.err")));
    }

    /** A limit on the size of files stands in for the full disk: the write fails half way, as it would there. */
    private static ProcessBuilder limited(ProcessBuilder java) {
        List<String> command =
                new ArrayList<>(List.of("bash", "-c", "ulimit -f " + LIMIT_KILOBYTES + "; exec \"$@\"", "limited"));
        command.addAll(java.command());
        command.add(command.indexOf("-cp"), "-XX:-UsePerfData"); // a file of the JVM's own
        return java.command(command);
    }
}

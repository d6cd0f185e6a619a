package org.fovea.core.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Training in a process of its own that is killed, or whose disk is full. */
class TrainingProcessTest {
    private static final int KILOBYTES_PER_BLOCK = 1; // bash's ulimit -f

    @TempDir
    private Path folder;

    private static List<String> java(Path folder) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                TrainingChild.class.getName(),
                folder.toString(),
                "100");
    }

    private static Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static List<String> end(Process process) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        try (BufferedReader out = process.inputReader()) {
            out.lines().forEach(lines::add);
        }
        assertTrue(process.waitFor(1, TimeUnit.MINUTES), "the process must end");
        return lines;
    }

    @Test
    void aKilledRunResumesToTheSameBits() throws IOException, InterruptedException {
        Path whole = folder.resolve("whole");
        TrainingChild.run(TrainingChild.checkpoints(whole, 100), TrainingListener.NONE);
        Path killed = folder.resolve("killed");
        Process process = start(java(killed));
        try (BufferedReader out = process.inputReader()) {
            String line = out.readLine();
            while (line != null && !line.equals("step 8")) {
                line = out.readLine();
            }
            assertEquals("step 8", line);
            process.destroyForcibly(); // SIGKILL
        }
        assertNotEquals(0, process.waitFor());
        Path last = TrainingChild.checkpoints(killed, 100).latest().orElseThrow();
        assertNotEquals("step-0000000015.safetensors", last.getFileName().toString());
        List<String> lines = end(start(java(killed)));
        assertEquals("done", lines.get(lines.size() - 1), lines.toString());
        assertArrayEquals(
                Files.readAllBytes(whole.resolve("step-0000000015.safetensors")),
                Files.readAllBytes(killed.resolve("step-0000000015.safetensors")));
    }

    /** A limit on the size of files stands in for the full disk: the write fails half way, as it would there. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskLeavesTheLastCheckpoint() throws IOException, InterruptedException {
        TrainingListener stop = new TrainingListener() {
            @Override
            public void onCheckpoint(Path file) {
                throw new IllegalStateException("stop");
            }
        };
        try {
            TrainingChild.run(TrainingChild.checkpoints(folder, 100), stop);
        } catch (IllegalStateException e) {
            // one checkpoint is there
        }
        Path last = TrainingChild.checkpoints(folder, 100).latest().orElseThrow();
        byte[] before = Files.readAllBytes(last);
        long blocks = before.length / 1024 / 2 / KILOBYTES_PER_BLOCK;
        assertTrue(blocks > 0, "the checkpoint must be larger than the limit");
        List<String> command = new ArrayList<>(List.of(
                "bash",
                "-c",
                "ulimit -f " + blocks + "; exec \"$@\"",
                "limited",
                java(folder).get(0),
                "-XX:-UsePerfData"));
        command.addAll(java(folder).subList(1, java(folder).size()));
        Process process = start(command);
        String text = String.join("\n", end(process));
        assertNotEquals(0, process.exitValue(), text);
        assertTrue(text.contains("CheckpointException"), text);
        assertTrue(text.contains("step-0000000004.safetensors: the checkpoint could not be written: "), text);
        assertTrue(text.contains(last.getFileName() + " is intact. Free space on the disk"), text);
        assertArrayEquals(before, Files.readAllBytes(last));
        assertEquals(last, TrainingChild.checkpoints(folder, 100).latest().orElseThrow());
    }
}

package org.fovea.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.fovea.core.backend.onednn.OneDnnBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeMemoryTest {
    private static final long MANY_BYTES = 200L << 20;

    /** Allocates more than its heap may take, without touching it. */
    static final class Child {
        public static void main(String[] args) {
            OneDnnBackend.create();
            try (BytePointer memory = new BytePointer(MANY_BYTES)) {
                System.out.println("allocated " + memory.capacity());
            } catch (OutOfMemoryError e) {
                System.out.println("refused");
            }
        }
    }

    @Test
    void aSmallHeapHoldsALargeModel() throws IOException, InterruptedException {
        assertEquals("allocated " + MANY_BYTES, run());
    }

    @Test
    void theLimitOfTheCommandLineHolds() throws IOException, InterruptedException {
        assertEquals("refused", run("-Dorg.bytedeco.javacpp.maxbytes=100m"));
    }

    private static String run(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx64m");
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Child.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String all = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), all);
        return all.strip().lines().reduce("", (before, last) -> last);
    }

    @Test
    void theContainersLimitCounts(@TempDir Path root) throws IOException {
        assertEquals(0, NativeMemory.linuxBytes(root));
        Path memory = Files.createDirectories(root.resolve("proc")).resolve("meminfo");
        Files.writeString(memory, "MemTotal:        2000 kB\nMemFree: 5 kB\n");
        assertEquals(2000 * 1024, NativeMemory.linuxBytes(root));
        Path limit = Files.createDirectories(root.resolve("sys/fs/cgroup")).resolve("memory.max");
        Files.writeString(limit, "max\n");
        assertEquals(2000 * 1024, NativeMemory.linuxBytes(root));
        Files.writeString(limit, "1000000\n");
        assertEquals(1000000, NativeMemory.linuxBytes(root));
    }
}

package org.fovea.core.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    Path folder;

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void writeReplacesTheFileInOneStep() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "old");
        Path sameFile = Files.createLink(folder.resolve("link"), file);
        AtomicFile.write(file, "né");
        assertEquals("né", Files.readString(file));
        assertEquals("old", Files.readString(sameFile), "the old file was written into");
        assertEquals(List.of("a.txt", "link"), names());
    }

    @Test
    void failureLeavesTheOldFileAndNothingElse() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "old");
        IOException e = assertThrows(
                IOException.class,
                () -> AtomicFile.write(file, channel -> {
                    channel.write(java.nio.ByteBuffer.wrap(new byte[100]));
                    throw new IOException("disk full");
                }));
        assertEquals("disk full", e.getMessage());
        assertEquals("old", Files.readString(file));
        assertEquals(List.of("a.txt"), names());
    }

    @Test
    void createLeavesAFileThatIsThere() throws IOException {
        Path file = folder.resolve("a.txt");
        AtomicFile.create(file, "first");
        assertThrows(FileAlreadyExistsException.class, () -> AtomicFile.create(file, "second"));
        assertEquals("first", Files.readString(file));
        assertEquals(List.of("a.txt"), names());
    }

    @Test
    void abandonedFilesAreThoseOfProcessesThatEnded() throws Exception {
        Process ended =
                new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-version").start();
        ended.waitFor();
        String alive = ".a.txt." + ProcessHandle.current().pid() + "-0.tmp";
        for (String name : List.of(".a.txt." + ended.pid() + "-0.tmp", alive, ".notes.tmp", "b.txt.1-0.tmp")) {
            Files.writeString(folder.resolve(name), "half");
        }
        AtomicFile.deleteAbandoned(folder);
        assertEquals(Set.of(alive, ".notes.tmp", "b.txt.1-0.tmp"), Set.copyOf(names()));
    }

    @Test
    void manyWritersOfOneFileDoNotDisturbEachOther() throws Exception {
        Path file = folder.resolve("a.txt");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Void>> writers = IntStream.range(0, 40)
                    .<Callable<Void>>mapToObj(i -> () -> {
                        AtomicFile.write(file, Integer.toString(i).repeat(10_000));
                        return null;
                    })
                    .collect(Collectors.toList());
            for (Future<Void> each : threads.invokeAll(writers)) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        String text = Files.readString(file);
        assertEquals(text.substring(0, text.length() / 10_000).repeat(10_000), text);
        assertEquals(List.of("a.txt"), names());
    }
}

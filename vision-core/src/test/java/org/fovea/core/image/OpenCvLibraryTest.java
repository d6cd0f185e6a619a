package org.fovea.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenCvLibraryTest {
    @TempDir
    Path cache;

    @Test
    void copyIsMadeOnceAndLeavesNothingElse() throws IOException {
        Path library = OpenCvLibrary.unpack(cache);
        assertTrue(Files.size(library) > 10_000_000);
        FileTime longAgo = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(library, longAgo);
        assertEquals(library, OpenCvLibrary.unpack(cache));
        assertEquals(longAgo, Files.getLastModifiedTime(library));
        try (Stream<Path> files = Files.list(library.getParent())) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void truncatedCopyIsReplaced() throws IOException {
        Path library = OpenCvLibrary.unpack(cache);
        long size = Files.size(library);
        Files.write(library, new byte[1000]);
        assertEquals(size, Files.size(OpenCvLibrary.unpack(cache)));
    }

    @Test
    void cacheThatIsAFileIsAnIoError() throws IOException {
        Path file = Files.createFile(cache.resolve("file"));
        assertThrows(IOException.class, () -> OpenCvLibrary.unpack(file));
    }
}

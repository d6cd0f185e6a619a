package org.fovea.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {
    private static final int BOUND = 1000;
    /** "PK\1\2" as a little-endian number: an entry of the zip's directory. */
    private static final int DIRECTORY_ENTRY = 0x02014b50;
    /** Offset of the uncompressed size in it. */
    private static final int SIZE_FIELD = 24;

    @TempDir
    Path directory;

    /** A zip of one file, whose directory claims another size. */
    private Path zip(int actualBytes, int claimedBytes) throws IOException {
        Path folder = Files.createDirectories(directory.resolve("files"));
        Files.write(folder.resolve("big.png"), new byte[actualBytes]);
        Path zip = directory.resolve("files.zip");
        TestImages.zip(folder, zip);
        byte[] bytes = Files.readAllBytes(zip);
        ByteBuffer view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (view.getInt(at) != DIRECTORY_ENTRY) {
            at++;
        }
        view.putInt(at + SIZE_FIELD, claimedBytes);
        return Files.write(zip, bytes);
    }

    @Test
    void readStopsAtTheBoundWhateverTheDirectoryClaims() throws IOException {
        try (FileTree tree = FileTree.Zip.open(zip(100_000, 10), BOUND)) {
            IOException e = assertThrows(IOException.class, () -> tree.read("big.png"));
            assertTrue(e.getMessage().contains("at most 1000 bytes"), e.getMessage());
        }
    }

    @Test
    void readTakesWhatFitsTheBoundExactly() throws IOException {
        try (FileTree tree = FileTree.Zip.open(zip(BOUND, BOUND), BOUND)) {
            assertEquals(BOUND, tree.read("big.png").length);
        }
    }
}

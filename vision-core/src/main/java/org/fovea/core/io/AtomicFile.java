package org.fovea.core.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes files that appear whole or not at all: a temporary file beside the target, forced to disk, then renamed.
 *
 * <p>Each writer has a temporary file of its own, so several threads and processes may write one target: the last one
 * wins. A target that is there and no regular file, such as a pipe, is written straight. Thread-safe.
 */
public final class AtomicFile {
    private AtomicFile() {}

    /**
     * Writes a file through a channel, over one that is there.
     *
     * @param target in an existing folder
     * @throws IOException when the disk refuses; the target is then as it was
     */
    public static void write(Path target, Content content) throws IOException {
        if (Files.exists(target) && !Files.isRegularFile(target) && !Files.isDirectory(target)) {
            try (FileChannel channel = FileChannel.open(target, StandardOpenOption.WRITE)) {
                content.writeTo(channel);
            }
            return;
        }
        Path folder = target.toAbsolutePath().getParent();
        Path temporary = createBeside(target, folder);
        boolean moved = false;
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                content.writeTo(channel);
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            moved = true;
        } finally {
            if (!moved) { // once moved, the name may be another writer's
                Files.deleteIfExists(temporary);
            }
        }
        forceFolder(folder);
    }

    /**
     * Writes these bytes, over a file that is there.
     *
     * @param target in an existing folder
     * @throws IOException when the disk refuses; the target is then as it was
     */
    public static void write(Path target, byte[] content) throws IOException {
        write(target, channel -> {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        });
    }

    /**
     * Writes a text in UTF-8, over a file that is there.
     *
     * @param target in an existing folder
     * @throws IOException when the disk refuses; the target is then as it was
     */
    public static void write(Path target, String content) throws IOException {
        write(target, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Not Files.createTempFile: its file could be read by its owner only, and so could the renamed one. */
    private static Path createBeside(Path target, Path folder) throws IOException {
        for (int i = 0; ; i++) {
            String name =
                    "." + target.getFileName() + "." + ProcessHandle.current().pid() + "-" + i + ".tmp";
            try {
                return Files.createFile(folder.resolve(name));
            } catch (FileAlreadyExistsException e) {
                // another writer of the same target: take the next number
            }
        }
    }

    private static void forceFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder)) {
            channel.force(true); // the rename itself
        } catch (IOException e) {
            // Windows does not open folders; the file's own bytes are safe in any case
        }
    }

    /** Bytes of a file, written from its beginning. */
    public interface Content {
        /** Writes all of them. */
        void writeTo(FileChannel channel) throws IOException;
    }
}

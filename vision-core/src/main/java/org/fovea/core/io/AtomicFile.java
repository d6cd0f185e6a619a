package org.fovea.core.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes files that appear whole or not at all: a temporary file beside the target, forced to disk, then renamed.
 *
 * <p>Each writer has a temporary file of its own, so several threads and processes may write one target: the last one
 * wins. A target that is there and no regular file, such as a pipe, is written straight. Thread-safe.
 */
public final class AtomicFile {
    private static final Pattern TEMPORARY = Pattern.compile("\\..+\\.(\\d{1,18})-\\d+\\.tmp"); // as in createBeside

    private AtomicFile() {}

    /**
     * Writes a file through a channel, replacing an existing one atomically.
     *
     * @param target file in an existing folder
     * @throws IOException when writing fails; the target is then unchanged
     */
    public static void write(Path target, Content content) throws IOException {
        if (Files.exists(target) && !Files.isRegularFile(target) && !Files.isDirectory(target)) {
            try (FileChannel channel = FileChannel.open(target, StandardOpenOption.WRITE)) {
                content.writeTo(channel);
            }
            return;
        }
        write(target, content, AtomicFile::replace);
    }

    /** Ends a write: gives the temporary file the target's name. */
    private interface Move {
        void move(Path temporary, Path target) throws IOException;
    }

    private static void write(Path target, Content content, Move move) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        Path temporary = createBeside(target, folder);
        boolean moved = false;
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                content.writeTo(channel);
                channel.force(true);
            }
            move.move(temporary, target);
            moved = true;
        } finally {
            if (!moved) { // once the file is moved, the name may belong to another writer
                Files.deleteIfExists(temporary);
            }
        }
        forceFolder(folder);
    }

    private static void replace(Path temporary, Path target) throws IOException {
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Moves the file by a hard link, which fails if the target exists, while a move would replace it. */
    private static void keep(Path temporary, Path target) throws IOException {
        try {
            Files.createLink(target, temporary);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) { // file systems such as FAT have no links
            Files.move(temporary, target);
            return;
        }
        Files.delete(temporary);
    }

    /**
     * Writes a text in UTF-8 to a new file.
     *
     * @param target file in an existing folder
     * @throws FileAlreadyExistsException when the file exists; it is left unchanged
     * @throws IOException when writing fails; the file does not exist then
     */
    public static void create(Path target, String content) throws IOException {
        write(target, channel -> writeAll(channel, content.getBytes(StandardCharsets.UTF_8)), AtomicFile::keep);
    }

    /**
     * Deletes the temporary files that writers left in a folder when their process was killed: those of processes that no
     * longer run on this host.
     */
    public static void deleteAbandoned(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".*.tmp")) {
            for (Path file : files) {
                Matcher name = TEMPORARY.matcher(file.getFileName().toString());
                if (name.matches() && !isRunning(Long.parseLong(name.group(1)))) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static boolean isRunning(long process) {
        return ProcessHandle.of(process).isPresent();
    }

    /**
     * Writes bytes, replacing an existing file atomically.
     *
     * @param target file in an existing folder
     * @throws IOException when writing fails; the target is then unchanged
     */
    public static void write(Path target, byte[] content) throws IOException {
        write(target, channel -> writeAll(channel, content));
    }

    private static void writeAll(FileChannel channel, byte[] content) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(content);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    /**
     * Writes a text in UTF-8, replacing an existing file atomically.
     *
     * @param target file in an existing folder
     * @throws IOException when writing fails; the target is then unchanged
     */
    public static void write(Path target, String content) throws IOException {
        write(target, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Creates the temporary file. Files.createTempFile would make it readable for its owner only, and so the final file. */
    private static Path createBeside(Path target, Path folder) throws IOException {
        for (int i = 0; ; i++) {
            String name =
                    "." + target.getFileName() + "." + ProcessHandle.current().pid() + "-" + i + ".tmp";
            try {
                return Files.createFile(folder.resolve(name));
            } catch (FileAlreadyExistsException e) {
                // another writer of the same target has this number: try the next
            }
        }
    }

    private static void forceFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder)) {
            channel.force(true); // makes the rename itself durable
        } catch (IOException e) {
            // Windows cannot open folders; the file's own bytes are safe in any case
        }
    }

    /** Bytes of a file, written from its beginning. */
    public interface Content {
        /** Writes the whole content. */
        void writeTo(FileChannel channel) throws IOException;
    }
}

package org.fovea.core.weights;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes a file that appears whole or not at all: a temporary file beside it, forced to disk, then renamed. */
final class AtomicFile {
    private AtomicFile() {}

    static void write(Path target, Content content) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        Path temporary = createBeside(target, folder);
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                content.writeTo(channel);
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        forceFolder(folder);
    }

    /** Not Files.createTempFile: its file could be read by its owner only, and so could the renamed one. */
    private static Path createBeside(Path target, Path folder) throws IOException {
        for (int i = 0; ; i++) {
            String name =
                    "." + target.getFileName() + "." + ProcessHandle.current().pid() + "-" + i + ".tmp";
            try {
                return Files.createFile(folder.resolve(name));
            } catch (FileAlreadyExistsException e) {
                // another thread writes the same target: take the next number
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

    interface Content {
        void writeTo(FileChannel channel) throws IOException;
    }
}

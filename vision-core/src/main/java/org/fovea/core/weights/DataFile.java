package org.fovea.core.weights;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.fovea.core.io.FormatErrors;

/**
 * Positional reads and maps of one file, from any number of threads.
 *
 * <p>Interrupting a thread that uses a {@link FileChannel} closes the channel for every other thread. Here the channel
 * is opened again, provided the file is still the same, the operation is repeated and the interrupt is kept for the
 * caller.
 */
final class DataFile implements Closeable {
    /**
     * Maximum size of a single read: the JDK reads into heap memory through a native buffer of the same size, which it keeps.
     */
    private static final int MAX_READ = 1 << 20;

    private final Path path;
    private final long length;
    private final Object key;
    private FileChannel channel;
    private boolean closed;

    DataFile(Path path) {
        this.path = path;
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw FormatErrors.file(path, "must be a regular file", "a folder or device", "Give the file itself.");
            }
            this.channel = FileChannel.open(path);
            this.length = channel.size();
            this.key = attributes.fileKey();
        } catch (IOException e) {
            throw FormatErrors.io(path, "opening", e);
        }
    }

    Path path() {
        return path;
    }

    /** Length in bytes at the time when the file was opened. */
    long length() {
        return length;
    }

    /** Fills {@code target} from {@code position} on. */
    void read(long position, ByteBuffer target) {
        int limit = target.limit();
        try {
            while (target.position() < limit) {
                target.limit(Math.min(limit, target.position() + MAX_READ));
                long at = position;
                int n = with("reading", c -> c.read(target, at));
                if (n < 0) {
                    throw truncated(at);
                }
                position += n;
            }
        } finally {
            target.limit(limit);
        }
    }

    /** Maps {@code size} bytes from {@code position} on as a read-only view. */
    ByteBuffer map(long position, int size) {
        return with("mapping", c -> {
            if (c.size() < position + size) {
                throw truncated(c.size());
            }
            return c.map(FileChannel.MapMode.READ_ONLY, position, size);
        });
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            channel.close();
        } catch (IOException e) {
            throw FormatErrors.io(path, "closing", e);
        }
    }

    private RuntimeException truncated(long actual) {
        return FormatErrors.file(
                path,
                "must stay the file of " + length + " bytes it was when it was opened",
                "another one, or one of " + actual + " bytes",
                "Do not change or replace a file while it is being read.");
    }

    private <T> T with(String what, ChannelAction<T> action) {
        boolean interrupted = false;
        try {
            while (true) {
                interrupted |= Thread.interrupted();
                try {
                    return action.apply(current());
                } catch (ClosedChannelException e) {
                    // This thread or another reader was interrupted: current() opens the file again, or reports
                    // that it was closed.
                } catch (IOException e) {
                    throw FormatErrors.io(path, what, e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized FileChannel current() throws IOException {
        if (closed) {
            throw new IllegalStateException(path + ": already closed; read all weights before closing");
        }
        if (!channel.isOpen()) {
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
            if (now.size() != length || !Objects.equals(now.fileKey(), key)) {
                throw truncated(now.size());
            }
            channel = FileChannel.open(path);
        }
        return channel;
    }

    private interface ChannelAction<T> {
        T apply(FileChannel channel) throws IOException;
    }
}

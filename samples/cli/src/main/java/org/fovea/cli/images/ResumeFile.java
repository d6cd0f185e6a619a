package org.fovea.cli.images;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.fovea.cli.terminal.FailureException;

/**
 * The file of {@code --resume}: a JSON line for each result of an image that is done, added in one write when it is done, so that a
 * killed run leaves whole lines and at most the beginning of one more, which is cut off here; and at most one image with some of
 * its lines, which give way to all of them. Locked against other processes while it is open.
 */
final class ResumeFile implements Closeable {
    private final Path path;
    private final FileChannel channel;
    private final DoneLines done;
    private boolean isAsFound = true;

    private ResumeFile(Path path, FileChannel channel, DoneLines done) {
        this.path = path;
        this.channel = channel;
        this.done = done;
    }

    /**
     * Opens a file, creating it if it is missing.
     *
     * @throws FailureException when another process writes to it, or it has other contents
     * @throws IOException when it cannot be read or written
     */
    static ResumeFile open(Path path) throws IOException {
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        try {
            lock(path, channel);
            DoneLines done = DoneLines.read(path, channel);
            channel.truncate(done.end()).position(done.end());
            ResumeFile file = new ResumeFile(path, channel, done);
            if (done.lacksLineEnd()) {
                file.append("\n");
            }
            return file;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void lock(Path path, FileChannel channel) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            throw new FailureException(path
                    + ": another fovea is writing to it; wait until that has ended, or give another --resume file");
        }
    }

    /**
     * Returns whether an earlier run has finished an image.
     *
     * @param objects number of lines of a finished image, unless it failed
     */
    boolean contains(String file, int objects) {
        DoneLines.Lines lines = done.files().get(file);
        return lines != null && (lines.failed() || lines.count() >= objects);
    }

    /** Returns whether the image failed in the earlier run. */
    boolean failed(String file) {
        return done.files().containsKey(file) && done.files().get(file).failed();
    }

    /**
     * Adds the lines of an image, in the place of fewer ones that a killed run has left.
     *
     * @param file name of the image
     * @throws UncheckedIOException when the file cannot be written
     */
    void add(String file, String lines) {
        try {
            if (isAsFound
                    && file.equals(done.last().file())
                    && !contains(file, (int) lines.lines().count())) {
                channel.truncate(done.last().begin());
            }
            isAsFound = false;
            append(lines);
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": cannot be written: " + e.getMessage(), e);
        }
    }

    private void append(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Releases the lock. */
    @Override
    public void close() throws IOException {
        channel.close();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}

package org.fovea.core.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The files of a directory or a zip, each read on demand from any thread. */
public interface FileTree extends AutoCloseable {
    /** Paths of files and, ending in a slash, of directories, with slashes as separators; sorted. */
    List<String> paths();

    /** Reads the bytes of a file. */
    byte[] read(String path) throws IOException;

    @Override
    void close();

    /**
     * Opens the tree of a directory or a zip file.
     *
     * @throws DataSetException when it is neither
     */
    static FileTree open(Path root) {
        try {
            return Files.isDirectory(root) ? new Directory(root, walk(root)) : Zip.open(root, Zip.MAX_ENTRY_BYTES);
        } catch (ZipException e) {
            throw new DataSetException(
                    root + ": must be a directory, a zip file, or a manifest .csv or .jsonl, got a file that is no"
                            + " whole zip (" + e.getMessage() + "); check the path or copy it again",
                    e);
        } catch (IOException e) {
            throw new DataSetException(root + ": cannot be read: " + e + "; check the path and its permissions", e);
        }
    }

    private static List<String> walk(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(f -> !f.equals(root))
                    .map(f -> slashed(root.relativize(f)) + (Files.isDirectory(f) ? "/" : ""))
                    .sorted()
                    .toList();
        }
    }

    private static String slashed(Path relative) {
        return relative.toString().replace(relative.getFileSystem().getSeparator(), "/");
    }

    /** Files on disk. */
    record Directory(Path root, List<String> paths) implements FileTree {
        @Override
        public byte[] read(String path) throws IOException {
            return Files.readAllBytes(root.resolve(path));
        }

        @Override
        public void close() {}
    }

    /** Entries of a zip file, which takes reads from several threads. */
    record Zip(ZipFile zip, List<String> paths, int maxEntryBytes) implements FileTree {
        /**
         * Maximum size of an entry in bytes, more than any photograph needs; keeps a malicious entry from filling the memory.
         */
        private static final int MAX_ENTRY_BYTES = 256 << 20;

        static Zip open(Path file, int maxEntryBytes) throws IOException {
            ZipFile zip = new ZipFile(file.toFile());
            List<String> paths = new ArrayList<>(zip.size());
            for (Enumeration<? extends ZipEntry> e = zip.entries(); e.hasMoreElements(); ) {
                paths.add(e.nextElement().getName());
            }
            Collections.sort(paths);
            return new Zip(zip, paths, maxEntryBytes);
        }

        @Override
        public byte[] read(String path) throws IOException {
            ZipEntry entry = zip.getEntry(path);
            try (var in = zip.getInputStream(entry)) {
                // The zip's directory may declare any size: only the actual bytes count.
                byte[] bytes = in.readNBytes(maxEntryBytes);
                if (bytes.length == maxEntryBytes && in.read() >= 0) {
                    throw new IOException("a zip entry may have at most " + maxEntryBytes + " bytes, got more");
                }
                return bytes;
            }
        }

        @Override
        public void close() {
            try {
                zip.close();
            } catch (IOException e) {
                throw new DataSetException(zip.getName() + ": closing failed: " + e, e);
            }
        }
    }
}

package org.fovea.core.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Files of a data set by their paths, which parts are joined by slashes: those of a directory, or the entries of a zip file.
 * Thread-safe, and open as long as files are read.
 */
public final class DataFiles implements AutoCloseable {
    private final Path root;
    private final Optional<FileTree> zip;

    private DataFiles(Path root, Optional<FileTree> zip) {
        this.root = root;
        this.zip = zip;
    }

    /**
     * Opens a directory or a zip file.
     *
     * @throws DataSetException when it is neither
     */
    public static DataFiles open(Path root) {
        if (!Files.exists(root)) {
            throw new DataSetException(root + ": there is no such file or directory; check the path");
        }
        return new DataFiles(root, Files.isDirectory(root) ? Optional.empty() : Optional.of(FileTree.open(root)));
    }

    /** Returns whether a file with this path exists; in a directory the path may also be absolute. */
    public boolean has(String path) {
        if (zip.isPresent()) {
            return Collections.binarySearch(zip.get().paths(), path) >= 0 && !path.endsWith("/");
        }
        try {
            return Files.isRegularFile(root.resolve(path));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** First of the paths whose file exists. */
    public Optional<String> first(Stream<String> paths) {
        return paths.filter(this::has).findFirst();
    }

    /** Names of the top-level directories, sorted. */
    public List<String> directories() {
        if (zip.isPresent()) {
            return zip.get().paths().stream()
                    .filter(path -> path.indexOf('/') > 0)
                    .map(path -> path.substring(0, path.indexOf('/')))
                    .distinct()
                    .toList();
        }
        try (Stream<Path> all = Files.list(root)) {
            return all.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new DataSetException(root + ": cannot be read: " + e + "; check the path and its permissions", e);
        }
    }

    /**
     * The names of the files in a folder, sorted.
     *
     * @param folder empty for the top level, else ending in a slash
     */
    public List<String> names(String folder) {
        if (zip.isPresent()) {
            return zip.get().paths().stream()
                    .filter(path -> path.startsWith(folder) && path.indexOf('/', folder.length()) < 0)
                    .map(path -> path.substring(folder.length()))
                    .filter(name -> !name.isEmpty())
                    .toList();
        }
        try (Stream<Path> all = Files.list(root.resolve(folder))) {
            return all.filter(Files::isRegularFile)
                    .map(path -> path.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new DataSetException(root + ": cannot be read: " + e + "; check the path and its permissions", e);
        }
    }

    /** Source of a file's bytes, which reads them when needed. */
    public ImageSource source(String path) {
        return () -> read(path);
    }

    private byte[] read(String path) throws IOException {
        return zip.isPresent() ? zip.get().read(path) : Files.readAllBytes(root.resolve(path));
    }

    /**
     * Opens a file as a stream, which the caller closes.
     *
     * @throws IOException when it cannot be read
     */
    public InputStream stream(String path) throws IOException {
        return zip.isPresent() ? new ByteArrayInputStream(read(path)) : Files.newInputStream(root.resolve(path));
    }

    /** Name of a file in errors: its path below the directory or zip file. */
    public String name(String path) {
        return root.resolve(path).toString();
    }

    @Override
    public void close() {
        zip.ifPresent(FileTree::close);
    }

    /** Path of the directory or zip file. */
    @Override
    public String toString() {
        return root.toString();
    }
}

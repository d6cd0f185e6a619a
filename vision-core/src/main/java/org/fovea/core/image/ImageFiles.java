package org.fovea.core.image;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;

/** Finds images by names: of files, of folders, and {@value #LIST} for a list of such names, one a line. */
public final class ImageFiles {
    /** Name that stands for the lines of a list. */
    public static final String LIST = "-";

    private ImageFiles() {}

    /**
     * Finds the images of names, in their order. A file is always included; of a folder, the files with a suffix accepted by
     * {@link ImageFormat#hasSuffix}, also in its subfolders, sorted by path.
     *
     * @param list list of further names, read line by line as the stream advances, if a name is {@value #LIST}
     * @return images, with an {@link ImageInput.Unusable} for each name without an image
     */
    public static Stream<ImageInput> find(List<String> names, BufferedReader list) {
        return names.stream()
                .flatMap(name -> name.equals(LIST) ? list.lines().filter(line -> !line.isBlank()) : Stream.of(name))
                .flatMap(ImageFiles::expand);
    }

    private static Stream<ImageInput> expand(String name) {
        Path path;
        try {
            path = Path.of(name);
        } catch (InvalidPathException e) {
            return Stream.of(new ImageInput.Unusable(name, "no path on this system: " + e.getReason()));
        }
        return Files.isDirectory(path) ? inFolder(path).stream() : Stream.of(new ImageInput.File(path));
    }

    private static List<ImageInput> inFolder(Path folder) {
        List<ImageInput> found = new ArrayList<>();
        try {
            Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new Finder(found));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (found.isEmpty()) {
            found.add(new ImageInput.Unusable(
                    folder.toString(), "holds no image; one must end in " + String.join(", ", ImageFormat.suffixes())));
        }
        found.sort(Comparator.comparing(ImageInput::name));
        return found;
    }

    private static final class Finder extends SimpleFileVisitor<Path> {
        private final List<ImageInput> found;

        Finder(List<ImageInput> found) {
            this.found = found;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            boolean readable = attributes.isRegularFile() || attributes.isSymbolicLink(); // no pipes
            if (readable && ImageFormat.hasSuffix(file.getFileName().toString())) {
                found.add(new ImageInput.File(file));
            }
            return FileVisitResult.CONTINUE;
        }

        /** {@inheritDoc} Records a folder that cannot be entered, or a link in a circle, as unusable, and continues. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            found.add(new ImageInput.Unusable(file.toString(), "cannot be visited: " + e));
            return FileVisitResult.CONTINUE;
        }
    }
}

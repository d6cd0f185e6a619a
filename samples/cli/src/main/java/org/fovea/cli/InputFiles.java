package org.fovea.cli;

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
import org.fovea.core.image.ImageFormat;

/** Finds the images that the arguments name: files, folders, and {@code -} for a list on the standard input. */
final class InputFiles {
    /** The argument for a list on the standard input. */
    static final String STANDARD_INPUT = "-";

    private InputFiles() {}

    /** The images of the arguments in order; lines of the standard input are read one by one as the stream goes on. */
    static Stream<Input> of(List<String> arguments, BufferedReader standardInput) {
        return arguments.stream()
                .flatMap(a ->
                        a.equals(STANDARD_INPUT) ? standardInput.lines().filter(line -> !line.isBlank()) : Stream.of(a))
                .flatMap(InputFiles::expand);
    }

    private static Stream<Input> expand(String argument) {
        Path path;
        try {
            path = Path.of(argument);
        } catch (InvalidPathException e) {
            return Stream.of(new Input.Unusable(argument, "no path on this system: " + e.getReason()));
        }
        return Files.isDirectory(path) ? inFolder(path).stream() : Stream.of(new Input.ImageFile(path));
    }

    /** The folder's images and those of its folders, sorted by path. */
    private static List<Input> inFolder(Path folder) {
        List<Input> found = new ArrayList<>();
        try {
            Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new Finder(found));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (found.isEmpty()) {
            found.add(new Input.Unusable(
                    folder.toString(), "holds no image; one must end in " + String.join(", ", ImageFormat.suffixes())));
        }
        found.sort(Comparator.comparing(Input::file));
        return found;
    }

    private static final class Finder extends SimpleFileVisitor<Path> {
        private final List<Input> found;

        Finder(List<Input> found) {
            this.found = found;
        }

        @Override
        public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            boolean file = attributes.isRegularFile() || attributes.isSymbolicLink(); // no pipes
            if (file && ImageFormat.hasSuffix(path.getFileName().toString())) {
                found.add(new Input.ImageFile(path));
            }
            return FileVisitResult.CONTINUE;
        }

        /** A folder that may not be entered, a link in a circle: said, and the others go on. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            found.add(new Input.Unusable(file.toString(), "cannot be visited: " + e));
            return FileVisitResult.CONTINUE;
        }
    }
}

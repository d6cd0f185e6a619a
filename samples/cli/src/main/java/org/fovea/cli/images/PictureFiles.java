package org.fovea.cli.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.fovea.core.image.ImageInput;
import org.fovea.core.image.RgbImage;
import org.fovea.core.io.AtomicFile;

/**
 * Names and writes pictures of results: with the suffix {@code -attention}, {@code cat.jpg} becomes {@code cat-attention.png}
 * and a second {@code cat.png} becomes {@code cat-attention-2.png}. Names follow from the order of the inputs alone, so a
 * resumed run gives the same ones.
 */
public final class PictureFiles implements ImageOutput {
    private final Path directory;
    private final String suffix;
    private final Set<String> taken = new HashSet<>();
    private final Map<String, Integer> lastNumber = new HashMap<>();
    private final Map<String, Path> pathOf = new ConcurrentHashMap<>();

    private PictureFiles(Path directory, String suffix) {
        this.directory = directory;
        this.suffix = suffix;
    }

    /** Pictures in a directory, which is made where there is none. */
    public static PictureFiles in(Path directory, String suffix) throws IOException {
        Files.createDirectories(directory);
        AtomicFile.deleteAbandoned(directory);
        return new PictureFiles(directory, suffix);
    }

    /** Pictures in a directory where one is given, none for null. */
    public static Optional<PictureFiles> wanted(Path directory, String suffix) throws IOException {
        return directory == null ? Optional.empty() : Optional.of(in(directory, suffix));
    }

    /** Chooses the name for an image. */
    @Override
    public void announce(ImageInput input, boolean done) {
        if (!(input instanceof ImageInput.File image) || pathOf.containsKey(input.name())) {
            return;
        }
        String name = image.path().getFileName() == null
                ? "image"
                : image.path().getFileName().toString();
        String base = name.replaceFirst("\\.[^.]+$", "") + suffix;
        String key = base.toLowerCase(Locale.ROOT); // some file systems take A and a for one
        int number = lastNumber.getOrDefault(key, 0) + 1;
        while (!taken.add(numbered(key, number))) {
            number++;
        }
        lastNumber.put(key, number);
        pathOf.put(input.name(), directory.resolve(numbered(base, number) + ".png"));
    }

    private static String numbered(String base, int number) {
        return number == 1 ? base : base + "-" + number;
    }

    /** Writes the picture of an image that was announced; it appears whole or not at all. */
    public void write(ImageInput input, RgbImage picture) throws IOException {
        picture.writePng(pathOf.get(input.name()));
    }
}

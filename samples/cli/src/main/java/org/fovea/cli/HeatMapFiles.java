package org.fovea.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.fovea.core.image.RgbImage;

/**
 * Names and writes heat maps: {@code cat.jpg} becomes {@code cat-attention.png}, a second {@code cat.png} becomes
 * {@code cat-attention-2.png}. Names follow from the order of the inputs alone, so a resumed run gives the same ones.
 */
final class HeatMapFiles {
    private final Path directory;
    private final Set<String> taken = new HashSet<>();
    private final Map<String, Integer> lastNumber = new HashMap<>();
    private final Map<String, Path> pathOf = new ConcurrentHashMap<>();

    private HeatMapFiles(Path directory) {
        this.directory = directory;
    }

    /** Heat maps in a directory, which is made where there is none. */
    static HeatMapFiles in(Path directory) throws IOException {
        Files.createDirectories(directory);
        return new HeatMapFiles(directory);
    }

    /** Chooses the name for an image; called for each in turn. */
    void announce(Input input) {
        if (!(input instanceof Input.ImageFile image) || pathOf.containsKey(input.file())) {
            return;
        }
        String name = image.path().getFileName() == null
                ? "image"
                : image.path().getFileName().toString();
        String base = name.replaceFirst("\\.[^.]+$", "") + "-attention";
        String key = base.toLowerCase(Locale.ROOT); // some file systems take A and a for one
        int number = lastNumber.getOrDefault(key, 0) + 1;
        while (!taken.add(numbered(key, number))) {
            number++;
        }
        lastNumber.put(key, number);
        pathOf.put(input.file(), directory.resolve(numbered(base, number) + ".png"));
    }

    private static String numbered(String base, int number) {
        return number == 1 ? base : base + "-" + number;
    }

    /** Writes the heat map of an image that was announced; it appears whole or not at all. */
    void write(String file, RgbImage heatMap) throws IOException {
        heatMap.writePng(pathOf.get(file));
    }
}

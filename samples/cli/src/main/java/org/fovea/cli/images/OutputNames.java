package org.fovea.cli.images;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.fovea.core.image.ImageInput;

/**
 * Names for the files of results: with the suffix {@code -attention}, {@code cat.jpg} gets {@code cat-attention} and a second
 * {@code cat.png} gets {@code cat-attention-2}. Names follow from the order of the inputs alone, so a resumed run gives the same.
 */
public final class OutputNames {
    private final String suffix;
    private final Set<String> taken = new HashSet<>();
    private final Map<String, Integer> lastNumber = new HashMap<>();
    private final Map<String, String> nameOf = new ConcurrentHashMap<>();

    /** Creates names that end in a suffix, which may be empty. */
    public OutputNames(String suffix) {
        this.suffix = suffix;
    }

    /** Chooses the name for an image; called for each image once, in order. */
    public void announce(ImageInput input) {
        if (!(input instanceof ImageInput.File image) || nameOf.containsKey(input.name())) {
            return;
        }
        String name = image.path().getFileName() == null
                ? "image"
                : image.path().getFileName().toString();
        String base = name.replaceFirst("\\.[^.]+$", "") + suffix;
        String key = base.toLowerCase(Locale.ROOT); // some file systems do not distinguish A from a
        int number = lastNumber.getOrDefault(key, 0) + 1;
        while (!taken.add(numbered(key, number))) {
            number++;
        }
        lastNumber.put(key, number);
        nameOf.put(input.name(), numbered(base, number));
    }

    private static String numbered(String base, int number) {
        return number == 1 ? base : base + "-" + number;
    }

    /** Name of an announced image. */
    public String of(ImageInput input) {
        return nameOf.get(input.name());
    }
}

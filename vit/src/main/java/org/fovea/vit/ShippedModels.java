package org.fovea.vit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The models that come with this library: checkpoint directories among its resources, each with a card that says what it was
 * trained on, how, and how good it is.
 *
 * <pre>{@code
 * ImageClassifier classifier = ImageClassifier.load(ShippedModels.directory("cifar10", ShippedModels.userCache()));
 * }</pre>
 */
public final class ShippedModels {
    private static final String ROOT = "models/";
    private static final List<String> FILES = List.of("config.json", "preprocessor_config.json", "model.safetensors");

    private ShippedModels() {}

    /** The names, as {@code names.txt} among the resources lists them; empty where no model is in this build. */
    public static List<String> names() {
        return resource("names.txt")
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8)
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList())
                .orElse(List.of());
    }

    /**
     * A model's card, in Markdown.
     *
     * @throws IllegalArgumentException when there is no such model
     */
    public static String card(String name) {
        check(name);
        return new String(required(name + "/card.md"), StandardCharsets.UTF_8);
    }

    /** Where this user's programs keep what they can make again: {@code XDG_CACHE_HOME}, {@code LOCALAPPDATA} or {@code ~/.cache}. */
    public static Path userCache() {
        for (String variable : List.of("XDG_CACHE_HOME", "LOCALAPPDATA")) {
            String value = System.getenv(variable);
            if (value != null && !value.isEmpty()) {
                return Path.of(value, "fovea");
            }
        }
        return Path.of(System.getProperty("user.home"), ".cache", "fovea");
    }

    /**
     * A model as a checkpoint directory: where the resources lie, or, where that is inside a jar, a copy below a cache folder
     * under a name that changes with its weights.
     *
     * @throws IllegalArgumentException when there is no such model
     * @throws UncheckedIOException when the copy cannot be written
     */
    public static Path directory(String name, Path cache) {
        check(name);
        URL config = ShippedModels.class.getResource(ROOT + name + "/config.json");
        if (config != null && config.getProtocol().equals("file")) {
            return Path.of(uri(config)).getParent();
        }
        return copy(name, cache);
    }

    static Path copy(String name, Path cache) {
        CRC32 sum = new CRC32();
        FILES.forEach(file -> sum.update(required(name + "/" + file)));
        Path directory = cache.resolve("models").resolve(name + "-" + Long.toHexString(sum.getValue()));
        try {
            Files.createDirectories(directory);
            for (String file : FILES) {
                byte[] bytes = required(name + "/" + file);
                Path target = directory.resolve(file);
                if (!Files.exists(target) || Files.size(target) != bytes.length) {
                    Path temporary = Files.createTempFile(directory, file, ".tmp");
                    Files.write(temporary, bytes);
                    Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    directory + ": the model " + name + " could not be unpacked: " + e.getMessage()
                            + "; set XDG_CACHE_HOME to a folder that can be written",
                    e);
        }
        return directory;
    }

    private static void check(String name) {
        if (!names().contains(name)) {
            throw new IllegalArgumentException(
                    "ShippedModels: the name must be one of " + names() + ", got \"" + name + "\"");
        }
    }

    private static byte[] required(String path) {
        return resource(path)
                .orElseThrow(() -> new IllegalStateException("ShippedModels: the resource " + path + " is missing from"
                        + " this build, though names.txt lists its model"));
    }

    private static Optional<byte[]> resource(String path) {
        try (InputStream in = ShippedModels.class.getResourceAsStream(ROOT + path)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URI uri(URL url) {
        try {
            return url.toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e); // the class loader made it
        }
    }
}

package org.fovea.vit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.fovea.core.config.Nearest;
import org.fovea.core.io.CacheDirectory;

/**
 * The models that come with this library: checkpoint directories among its resources, each with a card that says what it was
 * trained on, how, and how good it is.
 *
 * <pre>{@code
 * ImageClassifier classifier = ImageClassifier.shipped("cifar10");
 * }</pre>
 */
public final class ShippedModels {
    private static final String ROOT = "models/";
    private static final List<String> FILES = List.of("config.json", "preprocessor_config.json", "model.safetensors");
    /** Optional files, which only some models have. */
    private static final List<String> OTHER_FILES =
            List.of("tokenizer.json", "tokenizer_config.json", "generation_config.json");

    private ShippedModels() {}

    /** Names of the models, as {@code names.txt} among the resources lists them; empty if this build has no models. */
    public static List<String> names() {
        try (InputStream in = ShippedModels.class.getResourceAsStream(ROOT + "names.txt")) {
            return in == null
                    ? List.of()
                    : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .map(String::strip)
                            .filter(line -> !line.isEmpty())
                            .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Model card in Markdown.
     *
     * @throws IllegalArgumentException when there is no such model
     */
    public static String card(String name) {
        check(name);
        try (InputStream in = url(name, "card.md").openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * First sentence of a model card.
     *
     * @throws IllegalArgumentException when there is no such model
     */
    public static String summary(String name) {
        return card(name)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .findFirst()
                .orElse("");
    }

    /**
     * Checkpoint directory of a model: the resources' own directory or, where they are inside a jar, a copy in the {@link
     * CacheDirectory} under a name that changes with the weights.
     *
     * @throws IllegalArgumentException when there is no such model
     * @throws UncheckedIOException when the copy cannot be written
     */
    public static Path directory(String name) {
        check(name);
        URL config = url(name, "config.json");
        if (config.getProtocol().equals("file")) {
            return Path.of(uri(config)).getParent();
        }
        return copy(name, CacheDirectory.user());
    }

    static Path copy(String name, Path cache) {
        Path models = cache.resolve("models");
        try {
            List<String> files = files(name);
            CRC32 sum = new CRC32();
            for (String file : files) {
                sum.update(
                        Long.toString(CacheDirectory.checksum(url(name, file))).getBytes(StandardCharsets.UTF_8));
            }
            Path directory = models.resolve(name + "-" + Long.toHexString(sum.getValue()));
            for (String file : files) {
                CacheDirectory.unpack(url(name, file), directory.resolve(file));
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    models + ": the model " + name + " could not be unpacked: " + e.getMessage()
                            + "; set XDG_CACHE_HOME to a folder that can be written",
                    e);
        }
    }

    private static List<String> files(String name) {
        return Stream.concat(FILES.stream(), OTHER_FILES.stream().filter(file -> resource(name, file) != null))
                .toList();
    }

    private static void check(String name) {
        List<String> names = names();
        if (!names.contains(name)) {
            throw new IllegalArgumentException("ShippedModels: the name must be one of " + names + ", got \"" + name
                    + "\"" + (names.isEmpty() ? "" : ". Did you mean \"" + Nearest.of(name, names) + "\"?")
                    + " A checkpoint of your own is opened by load(Path).");
        }
    }

    private static URL resource(String name, String file) {
        return ShippedModels.class.getResource(ROOT + name + "/" + file);
    }

    private static URL url(String name, String file) {
        URL url = resource(name, file);
        if (url == null) {
            throw new IllegalStateException("ShippedModels: the resource " + name + "/" + file
                    + " is missing from this build, though names.txt lists its model");
        }
        return url;
    }

    private static URI uri(URL url) {
        try {
            return url.toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e); // cannot happen: the class loader made the URL
        }
    }
}

package org.fovea.core.hub;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.config.Nearest;

/**
 * The families of a task, asked in this order.
 *
 * @param task task of the models in the plural, for errors: {@code image classifiers}
 */
public record ModelFamilies<F extends ModelFamily<?>>(String task, List<F> all) {
    /** Copies the list. */
    public ModelFamilies {
        all = List.copyOf(all);
    }

    /**
     * Family that reads a {@code config.json}.
     *
     * @throws org.fovea.core.ModelFormatException when none does; the message lists all and names the closest
     */
    public F of(ConfigFile config) {
        Optional<F> reader = reader(config);
        if (reader.isPresent()) {
            return reader.get();
        }
        F family = all.stream()
                .filter(each -> each.recognizes(config))
                .findFirst()
                .orElseThrow(() -> {
                    String key = key(config);
                    String actual = config.required(key, config.text(key));
                    List<String> examples =
                            with(key).flatMap(f -> f.examples().stream()).toList();
                    return config.error(
                            key,
                            "must be one of " + names(key),
                            "\"" + actual + "\"",
                            "Did you mean \"" + Nearest.of(actual, examples)
                                    + "\"? Choose a checkpoint of one of these " + task + ".");
                });
        family.architectures().check(config);
        return family;
    }

    private Optional<F> reader(ConfigFile config) {
        return all.stream()
                .filter(family ->
                        family.recognizes(config) && family.architectures().match(config))
                .findFirst();
    }

    /** Returns whether one of the families reads a {@code config.json}. */
    public boolean canRead(ConfigFile config) {
        return reader(config).isPresent();
    }

    /** Returns whether one of the families reads the {@code config.json} of a directory; false without such a file. */
    public boolean canRead(Path directory) {
        Path file = directory.resolve("config.json");
        return Files.isRegularFile(file) && canRead(ConfigFile.read(file));
    }

    /** Names of the families that are identified by a key, as in {@link ModelFamily#names}. */
    public List<String> names(String key) {
        return with(key).flatMap(family -> family.names().stream()).toList();
    }

    private Stream<F> with(String key) {
        return all.stream().filter(family -> family.key().equals(key));
    }

    /** Identifying key that the file has, or that of the first family if it has none. */
    private String key(ConfigFile config) {
        return all.stream()
                .map(ModelFamily::key)
                .filter(config::has)
                .findFirst()
                .orElse(all.get(0).key());
    }
}

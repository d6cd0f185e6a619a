package org.fovea.core.hub;

import java.util.List;
import java.util.Optional;
import org.fovea.core.config.ConfigFile;

/**
 * The reference's classes that a family reads, of which {@code "architectures"} in {@code config.json} names one. They tell models
 * apart that share a {@code model_type}, such as BLIP's captioner and answerer.
 *
 * @param kind kind of model, for errors: {@code a captioner}
 * @param names names of the classes; {@code *ForImageClassification} stands for all names with this suffix; empty for a family
 *     that accepts any
 * @param cure remedy that an error proposes
 */
public record Architectures(String kind, List<String> names, String cure) {
    private static final String KEY = "architectures";
    private static final String ANY = "*";

    /** Copies the list. */
    public Architectures {
        names = List.copyOf(names);
    }

    /** Accepts any class: the family's {@code model_type} suffices. */
    public static Architectures any() {
        return new Architectures("a model", List.of(), "");
    }

    /** Class that a file names and the family reads, if any. */
    public Optional<String> found(ConfigFile file) {
        return named(file).stream().filter(this::has).findFirst();
    }

    /** Returns whether a file names a class that the family reads, or no class. */
    public boolean match(ConfigFile file) {
        return names.isEmpty() || named(file).isEmpty() || found(file).isPresent();
    }

    /**
     * Checks the file of a family.
     *
     * @throws org.fovea.core.ModelFormatException when it names only other classes
     */
    public void check(ConfigFile file) {
        if (!match(file)) {
            throw file.error(KEY, "must name " + kind + ", " + String.join(" or ", names), named(file), cure);
        }
    }

    private static List<String> named(ConfigFile file) {
        return file.texts(KEY).orElse(List.of());
    }

    private boolean has(String architecture) {
        return names.stream()
                .anyMatch(name -> name.startsWith(ANY)
                        ? architecture.endsWith(name.substring(ANY.length()))
                        : architecture.equals(name));
    }
}

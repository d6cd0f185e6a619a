package org.fovea.core.hub;

import java.util.List;
import java.util.Optional;
import org.fovea.core.config.Nearest;

/**
 * The published sizes of a task's families by name.
 *
 * @param <S> a model as a family reads it
 */
public record PublishedSizes<S>(List<? extends PresetFamily<S>> families) {
    /** Copies the list. */
    public PublishedSizes {
        families = List.copyOf(families);
    }

    /** The names, as the hub has them without the owner. */
    public List<String> names() {
        return families.stream()
                .flatMap(family -> family.presets().keySet().stream())
                .sorted()
                .toList();
    }

    /** Returns whether {@link #named} knows a name. */
    public boolean has(String name) {
        return find(name).isPresent();
    }

    /**
     * A published size.
     *
     * @throws IllegalArgumentException when there is none of this name, naming the nearest and all
     */
    public S named(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalArgumentException("Presets: the name must be one of " + names()
                        + ", got \"" + name + "\". Did you mean \"" + Nearest.of(name, names()) + "\"?"))
                .preset(name);
    }

    private Optional<? extends PresetFamily<S>> find(String name) {
        return families.stream()
                .filter(family -> family.presets().containsKey(name))
                .findFirst();
    }
}

package org.fovea.core.hub;

import java.util.List;
import java.util.Optional;
import org.fovea.core.config.Nearest;

/**
 * The published sizes of a task's families by name.
 *
 * @param <S> type of a model's specification
 */
public record PublishedSizes<S>(List<? extends PresetFamily<S>> families) {
    /** Copies the list. */
    public PublishedSizes {
        families = List.copyOf(families);
    }

    /** Published names, as on the Hugging Face hub but without the owner. */
    public List<String> names() {
        return families.stream()
                .flatMap(family -> family.presets().keySet().stream())
                .sorted()
                .toList();
    }

    /** Returns whether {@link #named} accepts a name. */
    public boolean has(String name) {
        return find(name).isPresent();
    }

    /**
     * Specification of a published size.
     *
     * @throws IllegalArgumentException when there is none of this name; the message names the closest and lists all
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

package org.fovea.vit;

import java.util.List;
import java.util.Optional;
import org.fovea.core.config.Nearest;
import org.fovea.vit.hub.ClassifierFamilies;
import org.fovea.vit.hub.ClassifierFamily;
import org.fovea.vit.model.ClassifierConfig;

/** Every published size of every family by name. */
public final class Presets {
    private Presets() {}

    /** The published names, as the hub has them without the owner. */
    public static List<String> names() {
        return families().stream()
                .flatMap(family -> family.presets().keySet().stream())
                .toList();
    }

    /** Returns whether {@link #named} knows a name. */
    public static boolean has(String name) {
        return find(name).isPresent();
    }

    /**
     * A published size, or another whose name has a family's form: {@code vit-base-patch16-224}, {@code cct-4-3x3}.
     *
     * <p>DINOv2 comes with the linear classifier of {@code dinov2-…-imagenet1k-1-layer} and for 224 pixels, as the hub's
     * preprocessing has it.
     *
     * @throws IllegalArgumentException when there is none of this name, naming the nearest and all
     */
    public static ClassifierConfig named(String name) {
        return find(name).orElseThrow(() -> {
            List<String> names = names();
            return new IllegalArgumentException("Presets: the name must be one of " + names + ", got \"" + name
                    + "\". Did you mean \"" + Nearest.of(name, names) + "\"?");
        });
    }

    private static Optional<ClassifierConfig> find(String name) {
        return families().stream()
                .flatMap(family -> family.preset(name).stream())
                .findFirst();
    }

    private static List<ClassifierFamily> families() {
        return ClassifierFamilies.ALL.all();
    }
}

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

    /** Published names, as on the Hugging Face hub but without the owner. */
    public static List<String> names() {
        return families().stream()
                .flatMap(family -> family.presets().keySet().stream())
                .toList();
    }

    /** Returns whether {@link #named} accepts a name. */
    public static boolean has(String name) {
        return find(name).isPresent();
    }

    /**
     * Configuration of a published size, or of another one whose name follows the pattern of its family: {@code
     * vit-base-patch16-224}, {@code cct-4-3x3}.
     *
     * <p>DINOv2 has the linear classifier of {@code dinov2-…-imagenet1k-1-layer} and takes 224 pixels, as in the hub's
     * preprocessing.
     *
     * @throws IllegalArgumentException when there is none of this name; the message names the closest and lists all
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

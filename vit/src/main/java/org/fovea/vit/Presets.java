package org.fovea.vit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.core.config.Nearest;
import org.fovea.vit.model.CctConfig;
import org.fovea.vit.model.CctPresets;
import org.fovea.vit.model.ClassifierConfig;
import org.fovea.vit.model.ViTPresets;

/** Every published size of every architecture by name. */
public final class Presets {
    private Presets() {}

    /** The names {@link #named} knows. */
    public static List<String> names() {
        List<String> out = new ArrayList<>(CctPresets.names());
        out.addAll(ViTPresets.names());
        return out;
    }

    /** Whether {@link #named} knows a name. */
    public static boolean has(String name) {
        return CctPresets.named(name).isPresent() || ViTPresets.names().contains(name);
    }

    /**
     * A published size, or a compact transformer of another; see {@link CctPresets#named}.
     *
     * @throws IllegalArgumentException when there is none of this name, naming the nearest and all
     */
    public static ClassifierConfig named(String name) {
        Optional<CctConfig> compact = CctPresets.named(name);
        if (compact.isPresent()) {
            return compact.get();
        }
        if (ViTPresets.names().contains(name)) {
            return ViTPresets.named(name);
        }
        throw new IllegalArgumentException("Presets: the name must be one of " + names() + ", got \"" + name
                + "\". Did you mean \"" + Nearest.of(name, names()) + "\"?");
    }
}

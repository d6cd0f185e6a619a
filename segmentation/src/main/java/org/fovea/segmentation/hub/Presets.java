package org.fovea.segmentation.hub;

import java.util.List;
import java.util.Optional;
import org.fovea.core.config.Nearest;

/** Published sizes of segmenters by name, with random weights: to be measured. */
public final class Presets {
    private Presets() {}

    /** The published names, as the hub has them without the owner. */
    public static List<String> names() {
        return SegmenterFamilies.ALL.all().stream()
                .flatMap(family -> family.presets().keySet().stream())
                .sorted()
                .toList();
    }

    /** Returns whether {@link #named} knows a name. */
    public static boolean has(String name) {
        return find(name).isPresent();
    }

    /**
     * A published size.
     *
     * @param seed of the weights
     * @throws IllegalArgumentException when there is none of this name, naming the nearest and all
     */
    public static PretrainedSegmenter named(String name, long seed) {
        SegmenterFamily family = find(name)
                .orElseThrow(() -> new IllegalArgumentException("Presets: the name must be one of " + names()
                        + ", got \"" + name + "\". Did you mean \"" + Nearest.of(name, names()) + "\"?"));
        return PretrainedSegmenter.random(family.preset(name), seed);
    }

    private static Optional<SegmenterFamily> find(String name) {
        return SegmenterFamilies.ALL.all().stream()
                .filter(family -> family.presets().containsKey(name))
                .findFirst();
    }
}

package org.fovea.captioning.hub;

import java.util.List;
import org.fovea.core.hub.PublishedSizes;

/** Published sizes of captioners by name, with random weights: to be measured. */
public final class Presets {
    private static final PublishedSizes<CaptionerSpec> SIZES = new PublishedSizes<>(CaptionerFamilies.ALL.all());

    private Presets() {}

    /** The published names, as the hub has them without the owner. */
    public static List<String> names() {
        return SIZES.names();
    }

    /** Returns whether {@link #named} knows a name. */
    public static boolean has(String name) {
        return SIZES.has(name);
    }

    /**
     * A published size.
     *
     * @param seed of the weights
     * @throws IllegalArgumentException when there is none of this name, naming the nearest and all
     */
    public static PretrainedCaptioner named(String name, long seed) {
        return PretrainedCaptioner.random(SIZES.named(name), seed);
    }
}

package org.fovea.segmentation.hub;

import java.util.List;
import org.fovea.core.hub.PublishedSizes;

/** Published sizes of segmenters by name, with random weights: to be measured. */
public final class Presets {
    private static final PublishedSizes<SegmenterSpec> SIZES = new PublishedSizes<>(SegmenterFamilies.ALL.all());

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
    public static PretrainedSegmenter named(String name, long seed) {
        return PretrainedSegmenter.random(SIZES.named(name), seed);
    }
}

package org.fovea.segmentation.hub;

import java.util.List;
import org.fovea.core.hub.PublishedSizes;

/** Published sizes of segmenters by name, with random weights: to be measured. */
public final class Presets {
    private static final PublishedSizes<SegmenterSpec> SIZES = new PublishedSizes<>(SegmenterFamilies.ALL.all());

    private Presets() {}

    /** Published names, as on the Hugging Face hub but without the owner. */
    public static List<String> names() {
        return SIZES.names();
    }

    /** Returns whether {@link #named} accepts a name. */
    public static boolean has(String name) {
        return SIZES.has(name);
    }

    /**
     * Creates a model of a published size, with random weights.
     *
     * @param seed seed of the weights
     * @throws IllegalArgumentException when there is none of this name; the message names the closest and lists all
     */
    public static PretrainedSegmenter named(String name, long seed) {
        return PretrainedSegmenter.random(SIZES.named(name), seed);
    }
}

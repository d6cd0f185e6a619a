package org.fovea.vit.model;

import org.fovea.core.hub.ModelLimits;

/**
 * Biases of attention by how far apart two patches are; see {@link org.fovea.core.nn.LogOffsetBias}.
 *
 * @param hidden channels within the map from offset to bias; 0 for no biases
 * @param sharing whether blocks share one map
 */
public record OffsetBias(int hidden, Sharing sharing) {
    /** Name of the map in a block's attention, or at the top. */
    static final String NAME = "offset_bias";

    /** Use of one map by several blocks. */
    public enum Sharing {
        /** Each block has its own. */
        NONE,
        /** All blocks have the same. */
        ALL_BLOCKS
    }

    /** Checks the size. */
    public OffsetBias {
        ModelLimits.check("OffsetBias: hidden", hidden, 0, ModelLimits.HIDDEN);
    }

    /** No biases. */
    public static OffsetBias none() {
        return new OffsetBias(0, Sharing.NONE);
    }

    /** Tells that there are no biases. */
    public boolean isNone() {
        return hidden == 0;
    }
}

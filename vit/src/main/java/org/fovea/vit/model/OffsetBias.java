package org.fovea.vit.model;

import org.fovea.core.hub.ModelLimits;

/**
 * Biases of attention by how far apart two patches are; see {@link org.fovea.core.nn.LogOffsetBias}.
 *
 * @param hidden hidden channels of the network that maps an offset to a bias; 0 for no biases
 * @param sharing whether blocks share one network
 */
public record OffsetBias(int hidden, Sharing sharing) {
    /** Name of the network's scope in a block's attention, or at the top. */
    static final String NAME = "offset_bias";

    /** Use of one map by several blocks. */
    public enum Sharing {
        /** Each block has its own network. */
        NONE,
        /** All blocks share one network. */
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

    /** Returns whether there are no biases. */
    public boolean isNone() {
        return hidden == 0;
    }
}

package org.fovea.core.nn;

/** The part of a transformer block that looks at each token alone: {@code [B, N, width]} to the same shape. */
public interface FeedForward extends Block {
    /** Number of channels between the two linear maps, after a gate if there is one. */
    int hidden();

    /** Number of rows of the first map's weight. */
    default int inRows() {
        return hidden();
    }
}

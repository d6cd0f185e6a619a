package org.fovea.core.nn;

/** The part of a transformer block that looks at each token alone: {@code [B, N, width]} to the same shape. */
public interface FeedForward extends Block {
    /** The number of channels between the two linear maps, after any gate. */
    int hidden();

    /** The number of rows of the first map's weight. */
    default int inRows() {
        return hidden();
    }
}

package org.fovea.segmentation.model;

/**
 * Meaning of the axes of attention weights.
 *
 * @param name of the mechanism and its place, such as {@code stage 1, block 0}
 * @param kind of the weights
 * @param queries grid of the places that attend; of gates that of the gates
 * @param keys grid of the places that are attended to; of gates a single place
 */
public record AttentionLayout(String name, Kind kind, Grid queries, Grid keys) {
    /** Kind of attention weights. */
    public enum Kind {
        /** {@code [B, heads, queries, keys]}, the places row by row; the shares of the keys sum to 1. */
        PLACES,
        /** {@code [B, C]}: a factor for each channel. */
        CHANNELS,
        /** {@code [B, queries]}: a factor for each place. */
        GATES
    }

    /** Rows and columns of places that cover the model's input evenly. */
    public record Grid(int rows, int columns) {
        /** The number of places. */
        public int places() {
            return rows * columns;
        }
    }

    /** Attention of places to places. */
    public static AttentionLayout places(String name, Grid queries, Grid keys) {
        return new AttentionLayout(name, Kind.PLACES, queries, keys);
    }
}

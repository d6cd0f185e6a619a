package org.fovea.segmentation.model;

/**
 * Meaning of the axes of attention weights.
 *
 * @param name name of the mechanism and its position, such as {@code stage 1, block 0}
 * @param kind of the weights
 * @param queries grid of the positions that attend; for gates the grid of the gates
 * @param keys grid of the positions that are attended to; for gates a single position
 */
public record AttentionLayout(String name, Kind kind, Grid queries, Grid keys) {
    /** Kind of attention weights. */
    public enum Kind {
        /** Attention weights {@code [B, heads, queries, keys]}, positions row by row; they sum to 1 over the keys. */
        PLACES,
        /** Channel gates {@code [B, C]}: a factor for each channel. */
        CHANNELS,
        /** Spatial gates {@code [B, queries]}: a factor for each position. */
        GATES
    }

    /** Rows and columns of places that cover the model's input evenly. */
    public record Grid(int rows, int columns) {
        /** Number of positions. */
        public int places() {
            return rows * columns;
        }
    }

    /** Layout of attention between positions. */
    public static AttentionLayout places(String name, Grid queries, Grid keys) {
        return new AttentionLayout(name, Kind.PLACES, queries, keys);
    }
}

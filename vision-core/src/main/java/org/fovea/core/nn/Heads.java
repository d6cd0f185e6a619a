package org.fovea.core.nn;

import org.fovea.core.graph.Value;

/** The width of tokens cut into heads, and back. */
public final class Heads {
    private Heads() {}

    /**
     * Splits the width into heads.
     *
     * @param x {@code [B, N, width]}
     * @return {@code [B, heads, N, width/heads]}
     * @throws IllegalArgumentException unless x has three axes and heads divide the width
     */
    public static Value split(Value x, int heads) {
        if (x.shape().rank() != 3 || heads < 1 || x.shape().dim(2) % heads != 0) {
            throw new IllegalArgumentException(
                    "Heads: tokens must be [B, N, width] and heads must divide the width, got " + x.shape() + " and "
                            + heads + " heads");
        }
        int width = x.shape().dim(2) / heads;
        return x.reshape(x.shape().dim(0), x.shape().dim(1), heads, width).permute(0, 2, 1, 3); // [B, heads, N, D]
    }

    /**
     * Concatenates the heads.
     *
     * @param x {@code [B, heads, N, D]}
     * @return {@code [B, N, heads·D]}
     */
    public static Value join(Value x) {
        return x.permute(0, 2, 1, 3)
                .reshape(
                        x.shape().dim(0),
                        x.shape().dim(2),
                        x.shape().dim(1) * x.shape().dim(3));
    }
}

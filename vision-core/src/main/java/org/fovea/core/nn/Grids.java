package org.fovea.core.nn;

import org.fovea.core.graph.Value;

/** Tokens of a grid, row by row, as images whose channels are innermost in memory, and back: neither is a copy. */
public final class Grids {
    private Grids() {}

    /**
     * Reshapes tokens to an image.
     *
     * @param tokens {@code [B, rows·columns, C]}
     * @return {@code [B, C, rows, columns]}
     */
    public static Value image(Value tokens, int rows, int columns) {
        int batch = tokens.shape().dim(0);
        return tokens.reshape(batch, rows, columns, tokens.shape().dim(2)).permute(0, 3, 1, 2); // [B, C, H, W]
    }

    /**
     * Reshapes an image to tokens.
     *
     * @param image {@code [B, C, H, W]}
     * @return {@code [B, H·W, C]}
     */
    public static Value tokens(Value image) {
        int[] s = image.shape().toArray();
        return image.permute(0, 2, 3, 1).reshape(s[0], s[2] * s[3], s[1]); // [B, N, C]
    }
}

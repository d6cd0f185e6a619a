package org.fovea.vit.model;

import org.fovea.core.tensor.Tensor;

/** Attention weights of windows as weights among all tokens of a grid. */
final class WindowWeights {
    private WindowWeights() {}

    /**
     * Spreads weights over the grid.
     *
     * @param weights weights {@code [windows, heads, L, L]} of unshifted windows, row by row; weights of padding are dropped
     * @return weights {@code [1, heads, N, N]} over the N tokens of the grid
     */
    static Tensor spread(Tensor weights, int rows, int columns, int window) {
        int heads = weights.shape().dim(1);
        int tokens = weights.shape().dim(2);
        int across = Math.min(window, columns);
        int down = tokens / across;
        int windowColumns = (columns + across - 1) / across;
        int n = rows * columns;
        float[] from = weights.toFloats();
        float[] out = new float[heads * n * n];
        for (int h = 0; h < heads; h++) {
            for (int q = 0; q < n; q++) {
                int w = q / columns / down * windowColumns + q % columns / across;
                int row = q / columns % down * across + q % columns % across;
                for (int k = 0; k < tokens; k++) {
                    int y = w / windowColumns * down + k / across;
                    int x = w % windowColumns * across + k % across;
                    if (y < rows && x < columns) {
                        out[(h * n + q) * n + y * columns + x] = from[((w * heads + h) * tokens + row) * tokens + k];
                    }
                }
            }
        }
        return Tensor.of(out, 1, heads, n, n);
    }
}

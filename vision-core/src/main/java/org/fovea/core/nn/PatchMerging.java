package org.fovea.core.nn;

import org.fovea.core.graph.Value;

/**
 * Joins each 2x2 neighborhood of a grid of tokens to one token of twice the width: the four side by side, layer norm, a linear
 * map without bias. A grid of odd sides is padded with zeros at its end.
 *
 * @param epsilon of the layer norm
 * @see <a href="https://arxiv.org/abs/2103.14030">Liu et al. 2021, section 3.1</a>
 */
public record PatchMerging(double epsilon) {
    /**
     * Adds the operations and the weights {@code norm.scale}, {@code norm.shift} [4·C] and {@code reduction.weight} [2·C, 4·C],
     * whose columns are the tokens top left, bottom left, top right, bottom right.
     *
     * @param grid {@code [B, H, W, C]}
     * @return {@code [B, ⌈H/2⌉, ⌈W/2⌉, 2·C]}
     */
    public Value build(Scope scope, Value grid) {
        Value x = even(even(grid, 1), 2);
        int[] s = x.shape().toArray();
        Value four = x.reshape(s[0], s[1] / 2, 2, s[2] / 2, 2, s[3])
                .permute(0, 1, 3, 4, 2, 5)
                .reshape(s[0], s[1] / 2, s[2] / 2, 4 * s[3]);
        Value normed = new LayerNormLayer(epsilon).build(scope.child("norm").enter(), four);
        return new LinearLayer(2 * s[3], false).build(scope.child("reduction").enter(), normed);
    }

    private static Value even(Value x, int axis) {
        return x.shape().dim(axis) % 2 == 0 ? x : x.pad(axis, 0, 1);
    }
}

package org.fovea.vit.model;

import java.util.Arrays;
import org.fovea.core.nn.PositionEmbedding;
import org.fovea.core.nn.PositionResize;
import org.fovea.core.nn.RelativeBias;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/**
 * Table of the biases of a class token and a grid of patches: {@code (2·rows - 1)·(2·columns - 1)} offsets from key to query,
 * rows then columns, smallest first; then one each for the class token to patches, patches to the class token, and the class
 * token to itself.
 *
 * @see <a href="https://arxiv.org/abs/2106.08254">Bao et al. 2021, BEiT</a>
 */
record OffsetTable(int rows, int columns) {
    /** Number of biases of pairs with the class token. */
    private static final int CLASS_PAIRS = 3;

    /** Table for an encoder's grid. */
    static OffsetTable of(ViTEncoder encoder) {
        return new OffsetTable(encoder.gridRows(), encoder.gridColumns());
    }

    /** Shape of the weight. */
    Shape shape(int heads) {
        return Shape.of(count(), heads);
    }

    private int count() {
        return (2 * rows - 1) * (2 * columns - 1) + CLASS_PAIRS;
    }

    /** Bias that is looked up for each pair of tokens. */
    RelativeBias bias(int heads) {
        return new RelativeBias(heads, count(), 1 + rows * columns, this::row);
    }

    /** Row of the table for a query and a key; token 0 is the class token. */
    int row(int query, int key) {
        if (query == 0 || key == 0) {
            return count() - (query != 0 ? 2 : key != 0 ? CLASS_PAIRS : 1);
        }
        int q = query - 1;
        int k = key - 1;
        int down = q / columns - k / columns + rows - 1;
        int right = q % columns - k % columns + columns - 1;
        return down * (2 * columns - 1) + right;
    }

    /** Table for another grid, interpolated linearly; biases of pairs with the class token are kept. */
    Tensor resize(Tensor table, OffsetTable to) {
        int heads = table.shape().dim(1);
        float[] values = table.toFloats();
        int last = CLASS_PAIRS * heads;
        Tensor classFirst = Tensor.of(rotated(values, values.length - last), 1, count(), heads);
        float[] resized = positions()
                .resize(classFirst, to.positions(), PositionResize.BILINEAR)
                .toFloats();
        return Tensor.of(rotated(resized, last), to.count(), heads);
    }

    private PositionEmbedding positions() {
        return new PositionEmbedding(CLASS_PAIRS, 2 * rows - 1, 2 * columns - 1);
    }

    /** Copy of the values, rotated so that the one at {@code place} comes first. */
    private static float[] rotated(float[] values, int place) {
        float[] out = Arrays.copyOfRange(values, place, place + values.length);
        System.arraycopy(values, 0, out, values.length - place, place);
        return out;
    }
}

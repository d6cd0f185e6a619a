package org.fovea.core.nn;

import java.util.Arrays;
import org.fovea.core.Check;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/**
 * The grid that learned positions belong to, and the way to another.
 *
 * @param prefix number of tokens with a position before the patches
 * @param rows rows of the patch grid
 * @param columns columns of the patch grid
 * @see <a href="https://arxiv.org/abs/2010.11929">Dosovitskiy et al. 2021, section 3.1 and, for other resolutions, 3.2</a>
 */
public record PositionEmbedding(int prefix, int rows, int columns) {
    /** Checks the sizes. */
    public PositionEmbedding {
        Check.atLeast(0, "PositionEmbedding: prefix", prefix);
        Check.positive("PositionEmbedding: rows", rows);
        Check.positive("PositionEmbedding: columns", columns);
    }

    /** The number of positions. */
    public int count() {
        return prefix + rows * columns;
    }

    /**
     * Resizes the positions to another grid, computed in double precision and rounded once.
     *
     * @param positions {@code [1, count, width]}, any float type
     * @return float32, with the prefix unchanged; the argument itself if the grids are equal
     * @throws IllegalArgumentException when the shape does not match or the prefixes differ
     */
    public Tensor resize(Tensor positions, PositionEmbedding to, PositionResize how) {
        int width = positions.shape().rank() == 3 ? positions.shape().dim(2) : 0;
        if (!positions.shape().equals(Shape.of(1, count(), width)) || prefix != to.prefix) {
            throw new IllegalArgumentException("PositionEmbedding: positions must be [1, " + count()
                    + ", width] and both prefixes equal, got " + positions + ", " + prefix + " and " + to.prefix);
        }
        if (equals(to)) {
            return positions;
        }
        double[] from = positions.toDoubles();
        float[] out = new float[to.count() * width];
        for (int i = 0; i < prefix * width; i++) {
            out[i] = (float) from[i];
        }
        double[] wide = resizeColumns(from, how.matrix(columns, to.columns), to.columns, width);
        resizeRows(wide, how.matrix(rows, to.rows), to, width, out);
        return Tensor.of(out, 1, to.count(), width);
    }

    /** Resizes {@code [rows, columns, width]} after the prefix to {@code [rows, to, width]}. */
    private double[] resizeColumns(double[] from, double[][] matrix, int to, int width) {
        double[] wide = new double[rows * to * width];
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < to; j++) {
                for (int k = 0; k < columns; k++) {
                    int source = (prefix + row * columns + k) * width;
                    accumulate(matrix[j][k], from, source, wide, (row * to + j) * width, width);
                }
            }
        }
        return wide;
    }

    private void resizeRows(double[] wide, double[][] matrix, PositionEmbedding to, int width, float[] out) {
        double[] sum = new double[to.columns * width];
        for (int i = 0; i < to.rows; i++) {
            Arrays.fill(sum, 0);
            for (int k = 0; k < rows; k++) {
                accumulate(matrix[i][k], wide, k * sum.length, sum, 0, sum.length);
            }
            for (int j = 0; j < sum.length; j++) {
                out[(prefix + i * to.columns) * width + j] = (float) sum[j];
            }
        }
    }

    private static void accumulate(double weight, double[] from, int source, double[] to, int target, int count) {
        if (weight != 0) {
            for (int i = 0; i < count; i++) {
                to[target + i] += weight * from[source + i];
            }
        }
    }
}

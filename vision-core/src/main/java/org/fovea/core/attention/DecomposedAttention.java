package org.fovea.core.attention;

import org.fovea.core.Check;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.Heads;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.ScaledDotProduct;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.SelfAttention;
import org.fovea.core.tensor.Tensor;

/**
 * Self-attention of a grid, whole or in windows, that knows how many rows and columns lie between two tokens: softmax(q·kᵀ/√D +
 * q·r_rows + q·r_columns)·v, r_rows and r_columns from one table for each axis. A grid that is no multiple of the window is padded
 * with zeros at its end, which are keys like others.
 *
 * <p>The two terms ride on the product of queries and keys, which are made longer: to the queries their products with both
 * tables, to the keys a one at their row and one at their column. So nothing of size N² is formed beside the scores, and those
 * not at once.
 *
 * @param heads number of heads; divides the width of the tokens
 * @param window side of a window, in tokens; 0 for the whole grid
 * @param qkvBias whether the maps to queries, keys and values have biases
 * @param positions whether there are relative positions
 * @see <a href="https://arxiv.org/abs/2112.01526">Li et al. 2022, MViTv2, equation 4</a>
 * @see <a href="https://arxiv.org/abs/2203.16527">Li et al. 2022, ViTDet, section 3, for the windows</a>
 */
public record DecomposedAttention(int heads, int window, boolean qkvBias, boolean positions) implements SelfAttention {
    /** Checks the sizes. */
    public DecomposedAttention {
        Check.positive("DecomposedAttention: heads", heads);
        Check.atLeast(0, "DecomposedAttention: window", window);
    }

    /**
     * Adds the mechanism and its weights: those of {@link org.fovea.core.nn.MultiHeadSelfAttention}, and with relative
     * positions {@code row_offsets} [2·H - 1, D] and {@code column_offsets} [2·W - 1, D], a vector for each offset from key to
     * query, smallest first, of a grid or window of H x W.
     *
     * @param x {@code [B, H, W, C]}
     * @param biases added to the scores; each broadcasts to {@code [B·windows, heads, L, L]}
     * @return values {@code [B, H, W, C]}, weights {@code [B·windows, heads, L, L]} with L tokens a window, windows row by row
     * @throws IllegalArgumentException unless x has four axes and heads divide C
     */
    @Override
    public AttentionOutput build(Scope scope, Value x, Value... biases) {
        Images.checkGrid("DecomposedAttention", x, heads);
        int[] s = x.shape().toArray();
        if (window == 0) {
            AttentionOutput read = attend(scope, x.reshape(s[0], s[1] * s[2], s[3]), s[1], s[2], biases);
            return read.withValues(read.values().reshape(s));
        }
        Windows windows = new Windows(axis(s[1]), axis(s[2]));
        AttentionOutput read = attend(scope, windows.cut(x), window, window, biases);
        return read.withValues(windows.join(read.values(), s[0]));
    }

    private WindowAxis axis(int size) {
        return new WindowAxis(size, window, 0, WindowAttention.Padding.SEEN);
    }

    /** Self-attention of grids {@code [S, height·width, C]}. */
    private AttentionOutput attend(Scope scope, Value tokens, int height, int width, Value... biases) {
        int channels = tokens.shape().dim(2);
        Value qkv = new LinearLayer(3 * channels, qkvBias).build(scope.child("qkv"), tokens); // [S, N, 3·C]
        Value q = part(qkv, 0); // [S, heads, N, D]
        Value k = part(qkv, 1);
        Value v = part(qkv, 2);
        ScaledDotProduct op = ScaledDotProduct.ofHeadWidth(channels / heads);
        if (positions) {
            Value rows = offsets(scope, "row_offsets", height, q, op.scale()); // [height, height, D]
            Value columns = offsets(scope, "column_offsets", width, q, op.scale()); // [width, width, D]
            q = q.concat(
                    3, rowTerms(q, rows, width), columnTerms(q, columns, height)); // [S, heads, N, D + height + width]
            k = k.concat(3, places(k, height, width));
        }
        AttentionOutput read = op.build(scope, q, k, v, biases); // [S, heads, N, D]
        return read.withValues(new LinearLayer(channels, true).build(scope.child("output"), Heads.join(read.values())));
    }

    private Value part(Value qkv, int index) {
        int channels = qkv.shape().dim(2) / 3;
        return Heads.split(qkv.slice(2, index * channels, (index + 1) * channels), heads);
    }

    /**
     * Offset vectors from each position of an axis (first) to each other (second), divided by the scale that multiplies the
     * scores.
     */
    private static Value offsets(Scope scope, String name, int length, Value q, double scale) {
        int[] row = new int[length * length];
        for (int i = 0; i < row.length; i++) {
            row[i] = i / length - i % length + length - 1;
        }
        return scope.parameter(name, 2 * length - 1, q.shape().dim(3))
                .affine(1 / scale, 0)
                .gather(0, scope.graph().constant(Tensor.of(row, length, length)));
    }

    /** Row terms q·r of the scores, for each query and each row of keys: {@code [S, heads, N, height]}. */
    private Value rowTerms(Value q, Value offsets, int width) {
        int[] s = q.shape().toArray();
        int height = offsets.shape().dim(0);
        return q.reshape(s[0], heads, height, width, s[3])
                .permute(2, 0, 1, 3, 4)
                .reshape(height, s[0] * heads * width, s[3])
                .matmul(offsets, false, true) // [height, S·heads·width, height]
                .reshape(height, s[0], heads, width, height)
                .permute(1, 2, 0, 3, 4)
                .reshape(s[0], heads, s[2], height);
    }

    /** Column terms q·r of the scores, for each query and each column of keys: {@code [S, heads, N, width]}. */
    private Value columnTerms(Value q, Value offsets, int height) {
        int[] s = q.shape().toArray();
        int width = offsets.shape().dim(0);
        return q.reshape(s[0], heads, height, width, s[3])
                .permute(3, 0, 1, 2, 4)
                .reshape(width, s[0] * heads * height, s[3])
                .matmul(offsets, false, true) // [width, S·heads·height, width]
                .reshape(width, s[0], heads, height, width)
                .permute(1, 2, 3, 0, 4)
                .reshape(s[0], heads, s[2], width);
    }

    /** One-hot encodings of the row and the column of each key: {@code [S, heads, N, height + width]}. */
    private static Value places(Value k, int height, int width) {
        int both = height + width;
        float[] ones = new float[height * width * both];
        for (int i = 0; i < height * width; i++) {
            ones[i * both + i / width] = 1;
            ones[i * both + height + i % width] = 1;
        }
        return k.graph()
                .constant(Tensor.of(ones, 1, 1, height * width, both))
                .broadcast(k.shape().with(3, both));
    }
}

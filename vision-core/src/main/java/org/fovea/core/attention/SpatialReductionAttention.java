package org.fovea.core.attention;

import org.fovea.core.Check;
import org.fovea.core.graph.ConvWindow;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.ConvLayer;
import org.fovea.core.nn.Grids;
import org.fovea.core.nn.Heads;
import org.fovea.core.nn.LayerNormLayer;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.ScaledDotProduct;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.SelfAttention;

/**
 * Self-attention of a grid of tokens to a coarser one: keys and values come of squares of reduction x reduction tokens, which a
 * convolution and a layer norm bring to one each, so that scores are fewer by the square of the reduction. A rest at the right
 * and the bottom that gives no whole square attends, but is not attended to.
 *
 * @param heads number of heads; divides the width of the tokens
 * @param reduction side of a square, in tokens; at least 2 (at 1 this is {@link org.fovea.core.nn.MultiHeadSelfAttention})
 * @param rows of the grid
 * @param columns of the grid
 * @param epsilon of the layer norm
 * @see <a href="https://arxiv.org/abs/2102.12122">Wang et al. 2021, section 3.3</a>
 * @see <a href="https://arxiv.org/abs/2105.15203">Xie et al. 2021, equation 2</a>
 */
public record SpatialReductionAttention(int heads, int reduction, int rows, int columns, double epsilon)
        implements SelfAttention {
    /** Checks the sizes. */
    public SpatialReductionAttention {
        Check.positive("SpatialReductionAttention: heads", heads);
        Check.that(reduction >= 2, "SpatialReductionAttention: reduction", "be at least 2", reduction);
        Check.that(
                Math.min(rows, columns) >= reduction,
                "SpatialReductionAttention: the grid",
                "hold a square of the reduction, " + reduction,
                rows + " x " + columns);
    }

    /**
     * Adds the mechanism and its weights {@code query} [width, width], {@code reduction} [width, width, reduction, reduction],
     * {@code norm}, {@code kv} [2·width, width] (rows of k, then v) and {@code output} [width, width], all with biases.
     *
     * @param x {@code [B, rows·columns, width]}
     * @return values {@code [B, N, width]}, weights {@code [B, heads, N, M]} with M positions of the coarser grid, row by row
     * @throws IllegalArgumentException when heads do not divide the width or x does not match this grid
     */
    @Override
    public AttentionOutput build(Scope scope, Value x, Value... biases) {
        int width = x.shape().dim(2);
        ConvLayer squares = new ConvLayer(width, reduction, ConvWindow.of(reduction, 0), true);
        Value reduced = squares.build(scope.child("reduction"), Grids.image(x, rows, columns)); // [B, width, h, w]
        Value memory = new LayerNormLayer(epsilon).build(scope.child("norm"), Grids.tokens(reduced)); // [B, M, width]
        Value q = Heads.split(new LinearLayer(width, true).build(scope.child("query"), x), heads); // [B, heads, N, D]
        Value kv = new LinearLayer(2 * width, true).build(scope.child("kv"), memory); // [B, M, 2·width]
        Value k = Heads.split(kv.slice(2, 0, width), heads); // [B, heads, M, D]
        Value v = Heads.split(kv.slice(2, width, 2 * width), heads); // [B, heads, M, D]
        AttentionOutput read = ScaledDotProduct.ofHeadWidth(width / heads).build(scope, q, k, v, biases);
        Value joined = Heads.join(read.values()); // [B, N, width]
        return read.withValues(new LinearLayer(width, true).build(scope.child("output"), joined));
    }

    /** Rows of the coarser grid. */
    public int keyRows() {
        return rows / reduction;
    }

    /** Columns of the coarser grid. */
    public int keyColumns() {
        return columns / reduction;
    }
}

package org.fovea.core.attention;

import org.fovea.core.Check;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.MultiHeadSelfAttention;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.SelfAttention;

/**
 * Axial attention: every token attends to its column, then to its row, so that after both it has heard of the whole grid. Memory
 * and time grow with H·W·(H + W), not with (H·W)².
 *
 * <p>Departures from the papers: scores are scaled by 1/√D and no batch norm follows them; an axis of length 1, where there is
 * nothing to attend to, is left out.
 *
 * @param heads number of heads; divides the width of the tokens
 * @param relative terms that depend on the distance between two tokens of an axis
 * @see <a href="https://arxiv.org/abs/1912.12180">Ho et al. 2019, section 3</a>
 * @see <a href="https://arxiv.org/abs/2003.07853">Wang et al. 2020, equations 3 and 4</a>
 */
public record AxialAttention(int heads, Relative relative) implements SelfAttention {
    /** Terms that depend on the distance between two tokens; each axis has its own tables. */
    public enum Relative {
        /** No relative terms; positions must be added to the tokens. */
        NONE,
        /** Terms q_i·r_ij of the queries. */
        QUERY,
        /** Position-sensitive: q_i·r_ij + k_j·s_ij, and u_ij on the values. */
        QUERY_KEY_VALUE
    }

    /** Checks the size. */
    public AxialAttention {
        Check.positive("AxialAttention: heads", heads);
    }

    /**
     * Adds the mechanism and its weights below {@code height} and {@code width}: those of {@link MultiHeadSelfAttention} or,
     * with relative terms, of {@link RelativeAttention}.
     *
     * @param x {@code [B, H, W, C]}
     * @param biases none
     * @return values {@code [B, H, W, C]}, weights {@code height} along the columns {@code [B·W, heads, H, H]} and {@code
     *     width} along
     *     the rows {@code [B·H, heads, W, W]}; none for an axis of length 1
     * @throws IllegalArgumentException unless x has four axes and heads divide C, or when there are biases
     */
    @Override
    public AttentionOutput build(Scope scope, Value x, Value... biases) {
        Checks.noBiases("AxialAttention", biases);
        Images.checkGrid("AxialAttention", x, heads);
        int batch = x.shape().dim(0);
        int height = x.shape().dim(1);
        int width = x.shape().dim(2);
        int channels = x.shape().dim(3);
        Value columns = x.permute(0, 2, 1, 3).reshape(batch * width, height, channels); // [B·W, H, C]
        AttentionOutput down = along(scope.child("height"), columns);
        Value rows = down.values()
                .reshape(batch, width, height, channels)
                .permute(0, 2, 1, 3)
                .reshape(batch * height, width, channels); // [B·H, W, C]
        AttentionOutput across = along(scope.child("width"), rows);
        return AttentionOutput.of(across.values().reshape(batch, height, width, channels))
                .with("height", down)
                .with("width", across);
    }

    private AttentionOutput along(Scope scope, Value x) {
        int length = x.shape().dim(1);
        if (length == 1) {
            return AttentionOutput.of(x);
        }
        if (relative == Relative.NONE) {
            return new MultiHeadSelfAttention(heads, true).build(scope, x);
        }
        RelativePositions positions = new RelativePositions(length - 1);
        RelativeAttention mechanism = new RelativeAttention(
                heads,
                positions,
                relative == Relative.QUERY ? RelativeAttention.Tables.KEYS : RelativeAttention.Tables.ALL);
        long each = (long) heads * length * positions.rows();
        return Chunked.of(x, each, part -> mechanism.build(scope, part));
    }
}

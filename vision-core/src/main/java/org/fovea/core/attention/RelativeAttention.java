package org.fovea.core.attention;

import java.util.Arrays;
import org.fovea.core.Check;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.Heads;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.ScaledDotProduct;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.SelfAttention;

/**
 * Self-attention that knows how far apart tokens are: e_ij = (q_i·(k_j + a_ij) + k_j·c_ji)/√D, z_i = Σ_j α_ij (v_j + b_ij), a_ij,
 * b_ij and c_ji from the tables of {@link RelativePositions}.
 *
 * <p>Departures from the paper: the value table can be left out, which its table 3 finds to cost nothing; and there can be a
 * table that meets the keys, as position-sensitive axial attention has it.
 *
 * @param heads number of heads, which share the tables; divides the width of the tokens
 * @param tables tables of relative positions
 * @see <a href="https://arxiv.org/abs/1803.02155">Shaw et al. 2018, equations 3 and 4</a>
 * @see <a href="https://arxiv.org/abs/2003.07853">Wang et al. 2020, equation 4, for the table that meets the keys</a>
 */
public record RelativeAttention(int heads, RelativePositions positions, Tables tables) implements SelfAttention {
    /** The parts that have relative positions. */
    public enum Tables {
        /** Positions of the keys, relative to the queries: a_ij. */
        KEYS,
        /** Positions of keys and values: a_ij and b_ij. All weights of a batch are held at the same time. */
        KEYS_VALUES,
        /**
         * Positions of the queries relative to the keys too: a_ij, b_ij and c_ji. All weights of a batch are held at the same
         * time.
         */
        ALL
    }

    /** Checks the size. */
    public RelativeAttention {
        Check.positive("RelativeAttention: heads", heads);
    }

    /**
     * Adds the block and its weights {@code query}, {@code key}, {@code value}, {@code output}, {@code key_positions} [2·reach
     * + 1, D] for a and, if used, {@code value_positions} for b and {@code query_positions} for c of the same shape.
     *
     * @param x {@code [B, N, width]}
     * @param biases masks or other biases, added to the scores; each broadcasts to {@code [B, heads, N, N]}
     * @return values {@code [B, N, width]}, weights {@code [B, heads, N, N]}
     * @throws IllegalArgumentException when heads do not divide the width
     */
    @Override
    public AttentionOutput build(Scope scope, Value x, Value... biases) {
        int tokens = x.shape().dim(1);
        int width = x.shape().dim(-1);
        LinearLayer map = new LinearLayer(width, true);
        Value q = Heads.split(map.build(scope.child("query"), x), heads); // [B, heads, N, D]
        Value k = Heads.split(map.build(scope.child("key"), x), heads);
        Value v = Heads.split(map.build(scope.child("value"), x), heads);
        boolean valueTable = tables != Tables.KEYS;
        ScaledDotProduct op = ScaledDotProduct.ofHeadWidth(width / heads);
        Value far = positions.scores(q, table(scope, "key_positions", q), tokens); // [B, heads, N, N]
        if (tables == Tables.ALL) {
            far = far.add(positions
                    .scores(k, table(scope, "query_positions", k), tokens)
                    .permute(0, 1, 3, 2));
        }
        Value[] all = Arrays.copyOf(biases, biases.length + 1);
        all[biases.length] = far.affine(op.scale(), 0);
        AttentionOutput read = op.build(scope, q, k, v, all);
        Value z = read.values();
        if (valueTable) {
            z = z.add(positions.values(read.weights(), table(scope, "value_positions", v)));
        }
        Value y = map.build(scope.child("output"), Heads.join(z)); // [B, N, width]
        return read.withValues(y);
    }

    private Value table(Scope scope, String name, Value parts) {
        return scope.parameter(name, positions.rows(), parts.shape().dim(3));
    }
}

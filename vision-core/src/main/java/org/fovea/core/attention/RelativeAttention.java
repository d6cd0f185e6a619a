package org.fovea.core.attention;

import java.util.Arrays;
import java.util.Optional;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Attended;
import org.fovea.core.nn.Heads;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.ScaledDotProduct;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.Sizes;

/**
 * Self-attention that knows how far apart tokens are: e_ij = q_i·(k_j + a_ij)/√D, z_i = Σ_j α_ij (v_j + b_ij), a_ij and b_ij
 * from the tables of {@link RelativePositions}.
 *
 * <p>Departure from the paper: the value table can be left out, which its table 3 finds to cost nothing.
 *
 * @param heads divides the width of the tokens; the tables are shared between them
 * @param valueTable whether there is a b_ij; it makes all weights of a batch be held at once
 * @param keepWeights whether α is a result too; costs the memory of {@code [B, heads, N, N]}
 * @see <a href="https://arxiv.org/abs/1803.02155">Shaw et al. 2018, equations 3 and 4</a>
 */
public record RelativeAttention(int heads, RelativePositions positions, boolean valueTable, boolean keepWeights) {
    /** Checks the size. */
    public RelativeAttention {
        Sizes.positive("RelativeAttention: heads", heads);
    }

    /**
     * Adds the block and its weights {@code query}, {@code key}, {@code value}, {@code output}, {@code key_positions} [2·reach
     * + 1, D] and, with a value table, {@code value_positions} of the same shape.
     *
     * @param x {@code [B, N, width]}
     * @param biases masks and the like, added to the scores; each broadcasts to {@code [B, heads, N, N]}
     * @return values {@code [B, N, width]}, weights {@code [B, heads, N, N]}
     * @throws IllegalArgumentException when heads do not divide the width
     */
    public Attended build(Scope scope, Value x, Value... biases) {
        int tokens = x.shape().dim(1);
        int width = x.shape().dim(-1);
        LinearLayer map = new LinearLayer(width, true);
        Value q = Heads.split(map.build(scope.child("query"), x), heads); // [B, heads, N, D]
        Value k = Heads.split(map.build(scope.child("key"), x), heads);
        Value v = Heads.split(map.build(scope.child("value"), x), heads);
        int headWidth = width / heads;
        ScaledDotProduct op = ScaledDotProduct.ofHeadWidth(headWidth, keepWeights || valueTable);
        Value[] all = Arrays.copyOf(biases, biases.length + 1);
        all[biases.length] = positions
                .scores(q, scope.parameter("key_positions", positions.rows(), headWidth), tokens)
                .affine(op.scale(), 0); // [B, heads, N, N]
        Attended read = op.build(q, k, v, all);
        Value z = read.values();
        if (valueTable) {
            Value table = scope.parameter("value_positions", positions.rows(), headWidth);
            z = z.add(positions.values(read.weights().orElseThrow(), table)); // [B, heads, N, D]
        }
        Value y = map.build(scope.child("output"), Heads.join(z)); // [B, N, width]
        return new Attended(y, keepWeights ? read.weights() : Optional.empty());
    }
}

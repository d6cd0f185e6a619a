package org.fovea.core.attention;

import org.fovea.core.Check;
import org.fovea.core.graph.ScatterAdd;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;

/**
 * Learned vectors for how far a key lies from a query, the distance j - i cut to [-reach, reach]: row reach + j - i of a table
 * {@code [2·reach + 1, D]}, shared by all heads.
 *
 * <p>Nothing of size N·M·D is formed: queries meet the table, and the scores are then picked by distance.
 *
 * @param reach maximum distance, k of the paper
 * @see <a href="https://arxiv.org/abs/1803.02155">Shaw et al. 2018, section 3.2</a>
 */
public record RelativePositions(int reach) {
    /** Checks the size. */
    public RelativePositions {
        Check.positive("RelativePositions: reach", reach);
    }

    /** Number of rows of a table. */
    public int rows() {
        return 2 * reach + 1;
    }

    /**
     * Scores x_i · table[j - i] for every query i and key j.
     *
     * @param x {@code [B, heads, N, D]}
     * @param table {@code [2·reach + 1, D]}
     * @param keys number of keys, M
     * @return {@code [B, heads, N, M]}, to be added to scores
     */
    public Value scores(Value x, Value table, int keys) {
        int queries = x.shape().dim(2);
        Value all = x.linear(table); // [B, heads, N, 2·reach + 1]
        return flat(all, queries * rows()).gather(2, index(x, queries, keys)); // [B, heads, N, M]
    }

    /**
     * Values Σ_j weights_ij · table[j - i].
     *
     * @param weights {@code [B, heads, N, M]}
     * @param table {@code [2·reach + 1, E]}
     * @return {@code [B, heads, N, E]}, to be added to the values
     */
    public Value values(Value weights, Value table) {
        int queries = weights.shape().dim(2);
        int keys = weights.shape().dim(3);
        Value byDistance =
                weights.graph().apply(new ScatterAdd(2, queries * rows()), weights, index(weights, queries, keys));
        return byDistance
                .reshape(weights.shape().dim(0), weights.shape().dim(1), queries, rows())
                .matmul(table); // [B, heads, N, E]
    }

    private static Value flat(Value x, int size) {
        return x.reshape(x.shape().dim(0), x.shape().dim(1), size);
    }

    /** Index of the score of query i and key j among {@code [N·(2·reach + 1)]}. */
    private Value index(Value x, int queries, int keys) {
        int[] out = new int[queries * keys];
        for (int i = 0; i < queries; i++) {
            for (int j = 0; j < keys; j++) {
                int distance = Math.max(-reach, Math.min(reach, j - i));
                out[i * keys + j] = i * rows() + reach + distance;
            }
        }
        return x.graph().constant(Tensor.of(out, queries, keys));
    }
}

package org.fovea.core.nn;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntBinaryOperator;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.DerivedWeights;
import org.fovea.core.weights.DerivedWeights.Derived;

/**
 * Learned bias of each pair of tokens, looked up in a table by the offset between the two. Immutable.
 *
 * <p>A graph in {@link Mode#INFERENCE} asks for the biases already looked up; {@link #prepared} makes them. Where those would
 * take more than {@value #MOST_PREPARED} bytes, as with many tokens, such a graph too looks them up in every run: BEiT-L at 512
 * pixels would keep 67 MB for each of its 24 blocks.
 *
 * @see <a href="https://arxiv.org/abs/2103.14030">Liu et al. 2021, equation 4</a>
 */
public final class RelativeBias {
    /** Name of the table below the scope. */
    static final String TABLE = "offsets";
    /** Name of the precomputed biases below the scope. */
    static final String PAIRS = "pair_biases";

    /** Maximum size in bytes of the precomputed biases of one block. */
    static final int MOST_PREPARED = 32 << 20;

    private final int heads;
    private final int rows;
    private final int tokens;
    private final int[] rowOfPair;

    /**
     * Creates a bias of tokens that attend to each other.
     *
     * @param rows number of rows of the table
     * @param row of the table for a query and a key, both from 0 to {@code tokens - 1}
     */
    public RelativeBias(int heads, int rows, int tokens, IntBinaryOperator row) {
        this.heads = heads;
        this.rows = rows;
        this.tokens = tokens;
        this.rowOfPair = new int[Math.multiplyExact(tokens, tokens)];
        for (int q = 0; q < tokens; q++) {
            for (int k = 0; k < tokens; k++) {
                rowOfPair[q * tokens + k] = row.applyAsInt(q, k);
            }
        }
    }

    /**
     * Creates a bias of the tokens of a window, row by row: {@code (2·window - 1)²} offsets from key to query, rows then
     * columns, smallest first.
     *
     * @param window side for which the table is made
     * @param height rows of tokens, at most {@code window}
     * @param width columns of tokens, at most {@code window}
     */
    public static RelativeBias ofWindow(int heads, int window, int height, int width) {
        int side = 2 * window - 1;
        return new RelativeBias(heads, side * side, height * width, (q, k) -> {
            int down = q / width - k / width + window - 1;
            int right = q % width - k % width + window - 1;
            return down * side + right;
        });
    }

    /**
     * Adds the lookup and its weight {@code offsets} [rows, heads], or only the weight {@code pair_biases} [heads, N, N] if the
     * biases are precomputed.
     *
     * @return {@code [heads, N, N]}
     */
    public Value build(Scope scope) {
        if (scope.mode() == Mode.INFERENCE && isPrepared()) {
            return scope.parameter(PAIRS, heads, tokens, tokens);
        }
        return scope.parameter(TABLE, rows, heads)
                .gather(0, scope.graph().constant(Tensor.of(rowOfPair, tokens, tokens))) // [N, N, heads]
                .permute(2, 0, 1);
    }

    /** Returns whether inference graphs use precomputed biases. */
    boolean isPrepared() {
        return (long) heads * rowOfPair.length * Float.BYTES <= MOST_PREPARED;
    }

    /**
     * Learned weights, with the precomputed biases that graphs in {@link Mode#INFERENCE} use in place of the tables.
     *
     * @param biases biases by the path of the block that contains them, such as {@code blocks.0.attention}
     */
    public static WeightSource prepared(WeightSource learned, Map<String, RelativeBias> biases) {
        Map<String, Derived> pairs = new HashMap<>();
        biases.forEach((path, bias) -> pairs.put(
                path + "." + PAIRS,
                new Derived(
                        Shape.of(bias.heads, bias.tokens, bias.tokens),
                        () -> bias.pairs(learned.tensor(path + "." + TABLE)))));
        return new DerivedWeights(learned, pairs);
    }

    /** Looks up the biases in a table {@code [rows, heads]}. */
    Tensor pairs(Tensor table) {
        float[] from = table.toFloats();
        float[] out = new float[heads * rowOfPair.length];
        for (int h = 0; h < heads; h++) {
            for (int i = 0; i < rowOfPair.length; i++) {
                out[h * rowOfPair.length + i] = from[rowOfPair[i] * heads + h];
            }
        }
        return Tensor.of(out, heads, tokens, tokens);
    }
}

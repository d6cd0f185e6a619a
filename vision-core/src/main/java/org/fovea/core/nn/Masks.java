package org.fovea.core.nn;

import java.util.function.IntBinaryOperator;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;

/** Masks as values to add to attention scores: 0 for what is seen, -∞ for what is hidden. */
public final class Masks {
    private Masks() {}

    /** Causal mask {@code [N, N]}: each position attends to itself and those before it. */
    public static Value causal(Graph graph, int tokens) {
        return where(graph, tokens, tokens, (query, key) -> key <= query ? 1 : 0);
    }

    /**
     * Creates a constant mask.
     *
     * @param sees nonzero where the query (first argument) attends to the key (second argument)
     * @return {@code [N, M]}
     */
    public static Value where(Graph graph, int queries, int keys, IntBinaryOperator sees) {
        float[] mask = new float[queries * keys];
        for (int query = 0; query < queries; query++) {
            for (int key = 0; key < keys; key++) {
                mask[query * keys + key] = sees.applyAsInt(query, key) != 0 ? 0 : Float.NEGATIVE_INFINITY;
            }
        }
        return graph.constant(Tensor.of(mask, queries, keys));
    }

    /**
     * Creates a mask from a value that each run supplies.
     *
     * @param seen nonzero for visible positions, such as 1 for words and 0 for padding
     * @return 0 and -∞, of the same shape; reshape it so that it broadcasts to the scores, {@code [B, 1, 1, M]} for one
     *     selection of keys per image
     */
    public static Value seen(Value seen) {
        Graph graph = seen.graph();
        return seen.select(graph.fill(0), graph.fill(Double.NEGATIVE_INFINITY));
    }

    /**
     * Creates a mask of keys from a value that each run supplies for each row.
     *
     * @param seen {@code [B, M]}, nonzero for visible keys
     * @return {@code [B, 1, 1, M]}, 0 and -∞
     */
    public static Value keys(Value seen) {
        return seen(seen).reshape(seen.shape().dim(0), 1, 1, seen.shape().dim(1));
    }
}

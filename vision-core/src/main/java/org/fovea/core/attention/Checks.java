package org.fovea.core.attention;

import org.fovea.core.graph.Value;

/** The checks that mechanisms share. */
final class Checks {
    private Checks() {}

    /** Checks queries [B, N, C] and a memory [B, M, E] of the same batch. */
    static void sequences(String block, Value queries, Value memory) {
        boolean fits = queries.shape().rank() == 3
                && memory.shape().rank() == 3
                && queries.shape().dim(0) == memory.shape().dim(0);
        if (!fits) {
            throw new IllegalArgumentException(
                    block + ": queries must be [B, N, C] and the memory [B, M, E] of the same batch, got "
                            + queries.shape() + " and " + memory.shape());
        }
    }

    /** Checks that a mechanism without support for biases gets none. */
    static void noBiases(String block, Value... biases) {
        if (biases.length > 0) {
            throw new IllegalArgumentException(
                    block + ": there must be no masks or other biases, got " + biases.length + "; pad in another way");
        }
    }
}

package org.fovea.server.queue;

import java.util.List;

/**
 * A computation of several inputs at once. Inputs of equal batches are computed together, so that records whose components are
 * what the computation depends on do.
 *
 * @param <P> type of an input
 * @param <R> type of a result
 */
public interface Batch<P, R> {
    /** Maximum number of inputs computed together; 1 if there is no gain. */
    int most();

    /**
     * Computes inputs.
     *
     * @param inputs 1 to {@link #most}
     * @return results in the order of the inputs
     */
    List<R> compute(List<P> inputs);
}

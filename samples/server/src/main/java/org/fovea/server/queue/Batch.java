package org.fovea.server.queue;

import java.util.List;

/**
 * A computation of several inputs at once. Inputs of equal batches are computed together, so that records whose components are
 * what the computation depends on do.
 *
 * @param <P> input
 * @param <R> result
 */
public interface Batch<P, R> {
    /** The most inputs at once; 1 where there is no gain. */
    int most();

    /**
     * Computes inputs.
     *
     * @param inputs 1 to {@link #most}
     * @return a result for each, in order
     */
    List<R> compute(List<P> inputs);
}

package org.fovea.core.train;

/**
 * Where batches come from. What the i-th batch of an epoch holds depends on epoch and i alone (and the source's own
 * seed): that is what makes a resumed run end with the same weights.
 */
public interface BatchSource {
    /** Rows of every batch, B. */
    int batchSize();

    /** Classes, K. */
    int classes();

    /** Batches of an epoch. A source for training leaves out a last batch that is not full. */
    int batches();

    /**
     * Batches of one epoch in order.
     *
     * @param epoch from 0
     * @param first the first batch to give, from 0; those before it cost nothing
     */
    Batches open(int epoch, int first);

    /** A run of batches; not thread-safe. */
    interface Batches extends AutoCloseable {
        /**
         * The next batch; the caller may use it until it asks for another.
         *
         * @throws java.util.NoSuchElementException after the last one
         */
        Batch next();

        @Override
        void close();
    }
}

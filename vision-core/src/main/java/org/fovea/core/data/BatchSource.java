package org.fovea.core.data;

import java.util.function.IntFunction;

/**
 * Epochs of batches for a training or evaluation loop, each of which can begin at any batch.
 *
 * <p>The same (epoch, firstBatch) gives the same batches to the bit where the source is deterministic, as
 * {@link BatchLoader} is; a run that was interrupted asks for the rest of its epoch.
 *
 * @param <B> a batch
 */
public interface BatchSource<B> extends AutoCloseable {
    /** The number of samples in a batch; the last batch of an epoch may hold fewer. */
    int batchSize();

    /** The number of batches in an epoch. */
    int batchesPerEpoch();

    /**
     * The batches of an epoch from one of them on.
     *
     * @param epoch from 0
     * @param firstBatch from 0 to {@link #batchesPerEpoch()}, where nothing is left
     * @throws IllegalArgumentException when either lies outside
     */
    BatchIterator<B> batches(int epoch, int firstBatch);

    /** Ends background work; iterators still open fail. */
    @Override
    void close();

    /**
     * Batches made in the reading thread, as games and generated data are.
     *
     * @param batches makes the batches of an epoch, each by its number from 0
     */
    static <B> BatchSource<B> generated(int batchSize, int batchesPerEpoch, IntFunction<IntFunction<B>> batches) {
        return new BatchSource<>() {
            @Override
            public int batchSize() {
                return batchSize;
            }

            @Override
            public int batchesPerEpoch() {
                return batchesPerEpoch;
            }

            @Override
            public BatchIterator<B> batches(int epoch, int firstBatch) {
                return BatchIterator.of(firstBatch, batchesPerEpoch, batches.apply(epoch));
            }

            @Override
            public void close() {}
        };
    }
}

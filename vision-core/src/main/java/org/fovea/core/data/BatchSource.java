package org.fovea.core.data;

import java.util.function.IntFunction;

/**
 * Epochs of batches for a training or evaluation loop, each of which can begin at any batch.
 *
 * <p>The same (epoch, firstBatch) gives the same batches to the bit where the source is deterministic, as
 * {@link BatchLoader} is; a run that was interrupted asks for the rest of its epoch.
 *
 * @param <B> type of a batch
 */
public interface BatchSource<B> extends AutoCloseable {
    /** The number of samples in a batch; the last batch of an epoch may hold fewer. */
    int batchSize();

    /** The number of batches in an epoch. */
    int batchesPerEpoch();

    /**
     * Batches of an epoch, starting at {@code firstBatch}.
     *
     * @param epoch from 0
     * @param firstBatch from 0 to {@link #batchesPerEpoch()}, for which none remain
     * @throws IllegalArgumentException when either is out of range
     */
    BatchIterator<B> batches(int epoch, int firstBatch);

    /** Ends background work; iterators that are still open fail. */
    @Override
    void close();

    /**
     * Batches made by the reading thread, such as games or generated data.
     *
     * @param batches makes the batches of an epoch from their numbers, from 0
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

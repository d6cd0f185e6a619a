package org.fovea.core.data;

import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.fovea.core.Check;

/**
 * Batches made by background threads, some ahead of the reader: for generated data, such as drawn scenes.
 *
 * @param <B> type of a batch
 */
public final class PrefetchedSource<B> implements BatchSource<B> {
    private static final int AHEAD = 4;

    private final int batchSize;
    private final int batchesPerEpoch;
    private final IntFunction<IntFunction<B>> batches;
    private final ExecutorService threads;

    /**
     * Creates a source whose threads run until it is closed.
     *
     * @param threads number of background threads, at least 1; does not influence the batches
     * @param batches makes the batches of an epoch from their numbers, from 0; called on several threads
     */
    public PrefetchedSource(int batchSize, int batchesPerEpoch, int threads, IntFunction<IntFunction<B>> batches) {
        Check.positive("PrefetchedSource: batch size", batchSize);
        Check.positive("PrefetchedSource: batches of an epoch", batchesPerEpoch);
        Check.positive("PrefetchedSource: threads", threads);
        this.batchSize = batchSize;
        this.batchesPerEpoch = batchesPerEpoch;
        this.batches = batches;
        this.threads = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "fovea-batches");
            thread.setDaemon(true);
            return thread;
        });
    }

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
        if (epoch < 0 || firstBatch < 0 || firstBatch > batchesPerEpoch) {
            throw new IllegalArgumentException("PrefetchedSource: the epoch must be at least 0 and the first batch from"
                    + " 0 to " + batchesPerEpoch + ", got " + epoch + " and " + firstBatch);
        }
        IntFunction<B> makes = batches.apply(epoch);
        return new PrefetchingIterator<>(
                threads, AHEAD, firstBatch, batchesPerEpoch, number -> Optional.of(makes.apply(number)));
    }

    @Override
    public void close() {
        for (Runnable unmade : threads.shutdownNow()) {
            ((Future<?>) unmade).cancel(false); // who waits for it must not wait forever
        }
    }
}

package org.fovea.core.data;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.fovea.core.data.SampleIterator.Broken;

/**
 * Batches of a data set, made in background threads.
 *
 * <p>The batches are the same to the bit for the same (seed, epoch, batch), whatever the number of threads and wherever in
 * the epoch reading begins: each sample's changes come from a generator of (seed, epoch, sample), what happens to a batch as
 * a whole from one of (seed, epoch, batch). Memory is bounded by the options. Thread-safe; each iterator is for one thread.
 *
 * @param <B> type of a batch
 */
public final class BatchLoader<B> implements BatchSource<B> {
    private final Reader<?, ?, B> reader;
    private final LoaderOptions options;
    private final ExecutorService threads;

    private BatchLoader(Reader<?, ?, B> reader, LoaderOptions options) {
        this.reader = reader;
        this.options = options;
        this.threads = pool(options.threads());
    }

    private static ExecutorService pool(int count) {
        AtomicInteger number = new AtomicInteger();
        return Executors.newFixedThreadPool(count, work -> {
            Thread thread = new Thread(work, "fovea-data-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Batches in a different order each epoch, for training; a broken sample is replaced by the next one in the order.
     *
     * @throws DataSetException when the data do not fill one batch and incomplete batches are dropped
     */
    public static <S, D, B> BatchLoader<B> shuffled(
            Dataset<S> data, BatchFormat<S, D, B> format, LoaderOptions options) {
        if (options.lastBatch() == LastBatch.DROP && data.size() < options.batchSize()) {
            throw new DataSetException(data.name() + ": the images must fill one batch, got " + data.size()
                    + " images and batches of " + options.batchSize() + "; take a batch size of at most "
                    + data.size());
        }
        return new BatchLoader<>(new Reader<>(data, format, options, Broken.REPLACED), options);
    }

    /** Batches of all samples in the data set's order, for evaluation; broken samples are left out. */
    public static <S, D, B> BatchLoader<B> inOrder(
            Dataset<S> data, BatchFormat<S, D, B> format, LoaderOptions options) {
        LoaderOptions all = options.withLastBatch(LastBatch.KEEP);
        return new BatchLoader<>(new Reader<>(data, format, all, Broken.SKIPPED), all);
    }

    /** Makes single batches; a pure function of seed, epoch and positions, and so the same on any thread. */
    private record Reader<S, D, B>(
            Dataset<S> data,
            BatchFormat<S, D, B> format,
            SampleStore<S, D> store,
            Broken broken,
            LoaderOptions options) {
        Reader(Dataset<S> data, BatchFormat<S, D, B> format, LoaderOptions options, Broken broken) {
            this(
                    data,
                    format,
                    new SampleStore<>(data, format, options.cacheBytes(), options.brokenLimit()),
                    broken,
                    options);
        }

        int[] order(int epoch) {
            return broken == Broken.REPLACED
                    ? Seeds.permutation(data.size(), Seeds.generator(options.seed(), Seeds.Use.ORDER, epoch, 0))
                    : IntStream.range(0, data.size()).toArray();
        }

        /** Creates a batch; empty if all of its samples are broken. */
        Optional<B> batch(int epoch, int number, int[] order) {
            int from = number * options.batchSize();
            int end = Math.min(order.length, from + options.batchSize());
            SampleIterator<S, D> items = new SampleIterator<>(
                    data,
                    store,
                    broken,
                    index -> Seeds.generator(options.seed(), Seeds.Use.SAMPLE, epoch, index),
                    order,
                    from,
                    end);
            return items.hasNext()
                    ? Optional.of(format.batch(
                            items, end - from, epoch, Seeds.generator(options.seed(), Seeds.Use.BATCH, epoch, number)))
                    : Optional.empty();
        }
    }

    @Override
    public int batchSize() {
        return options.batchSize();
    }

    @Override
    public int batchesPerEpoch() {
        int size = reader.data().size();
        int full = size / options.batchSize();
        boolean more = options.lastBatch() == LastBatch.KEEP && size % options.batchSize() > 0;
        return more ? full + 1 : full;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException when this loader is closed
     */
    @Override
    public BatchIterator<B> batches(int epoch, int firstBatch) {
        if (epoch < 0 || firstBatch < 0 || firstBatch > batchesPerEpoch()) {
            throw new IllegalArgumentException("BatchLoader: epoch must be at least 0 and firstBatch lie in [0, "
                    + batchesPerEpoch() + "], got " + epoch + " and " + firstBatch);
        }
        if (threads.isShutdown()) {
            throw new IllegalStateException("BatchLoader: is closed; make a new one");
        }
        int[] order = reader.order(epoch);
        return new PrefetchingIterator<>(
                threads,
                options.batchesAhead(),
                firstBatch,
                batchesPerEpoch(),
                number -> reader.batch(epoch, number, order));
    }

    /** Names and problems of the broken samples found so far; complete after one epoch. */
    public List<BrokenImage> broken() {
        return reader.store().broken();
    }

    /**
     * Ends the threads and waits for the batches that they are making, even if interrupted: no image is read after that, so
     * files can be closed. The thread's interrupt status is preserved.
     */
    @Override
    public void close() {
        // No interrupts: they would close files under a reader and make good images look broken.
        threads.shutdown();
        boolean interrupted = false;
        while (!threads.isTerminated()) {
            try {
                threads.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return reader.data() + ", " + batchesPerEpoch() + " batches of " + batchSize();
    }
}

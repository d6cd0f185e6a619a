package org.fovea.core.data;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.fovea.core.tensor.Shape;

/**
 * Batches of a data set, made in background threads.
 *
 * <p>The batches are the same to the bit for the same (seed, epoch, batch), whatever the number of threads and wherever in
 * the epoch reading begins: each image's changes come from a generator of (seed, epoch, image), each batch's mixing from
 * one of (seed, epoch, batch). Memory is bounded by the options. Thread-safe; each iterator is for one thread.
 *
 * <pre>{@code
 * try (DataSplits splits = DataSplits.open(Path.of("cifar10.zip"));
 *         BatchLoader loader = BatchLoader.training(
 *                 splits.get("train"), pipeline, BatchMix.none(), LoaderOptions.of(128, 1));
 *         BatchIterator batches = loader.batches(0, 0)) {
 *     while (batches.hasNext()) {
 *         train(batches.next());
 *     }
 * }
 * }</pre>
 */
public final class BatchLoader implements BatchSource {
    private final ImageDataset data;
    private final SamplePipeline pipeline;
    private final LoaderOptions options;
    private final boolean shuffled;
    private final ImageStore store;
    private final BatchMaker maker;
    private final ExecutorService threads;

    private BatchLoader(
            ImageDataset data, SamplePipeline pipeline, BatchMix mix, LoaderOptions options, boolean shuffled) {
        this.data = data;
        this.pipeline = pipeline;
        this.options = options;
        this.shuffled = shuffled;
        this.store = new ImageStore(data, options.cacheBytes(), options.brokenLimit());
        BatchMaker.Broken broken = shuffled ? BatchMaker.Broken.REPLACED : BatchMaker.Broken.SKIPPED;
        this.maker = new BatchMaker(data, store, pipeline, mix, broken, options.seed());
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
     * Batches in another order each epoch; in the place of a broken image stands the next of the order.
     *
     * @throws DataSetException when a classifier cannot learn from the data, or it does not fill one batch and a last one
     *     that is not full is dropped
     */
    public static BatchLoader training(
            ImageDataset data, SamplePipeline pipeline, BatchMix mix, LoaderOptions options) {
        data.checkTrainable();
        if (options.lastBatch() == LastBatch.DROP && data.size() < options.batchSize()) {
            throw new DataSetException(data.name() + ": the images must fill one batch, got " + data.size()
                    + " images and batches of " + options.batchSize() + "; take a batch size of at most "
                    + data.size());
        }
        return new BatchLoader(data, pipeline, mix, options, true);
    }

    /** Batches in the data set's order, all images, unmixed; broken images are left out. */
    public static BatchLoader evaluation(ImageDataset data, SamplePipeline pipeline, LoaderOptions options) {
        return new BatchLoader(data, pipeline, BatchMix.none(), options.withLastBatch(LastBatch.KEEP), false);
    }

    @Override
    public List<String> classNames() {
        return data.classNames();
    }

    @Override
    public Shape imageShape() {
        return pipeline.shape();
    }

    @Override
    public int batchSize() {
        return options.batchSize();
    }

    @Override
    public int batchesPerEpoch() {
        int full = data.size() / options.batchSize();
        boolean more = options.lastBatch() == LastBatch.KEEP && data.size() % options.batchSize() > 0;
        return more ? full + 1 : full;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException when this loader is closed
     */
    @Override
    public BatchIterator batches(int epoch, int firstBatch) {
        if (epoch < 0 || firstBatch < 0 || firstBatch > batchesPerEpoch()) {
            throw new IllegalArgumentException("BatchLoader: epoch must be at least 0 and firstBatch lie in [0, "
                    + batchesPerEpoch() + "], got " + epoch + " and " + firstBatch);
        }
        if (threads.isShutdown()) {
            throw new IllegalStateException("BatchLoader: is closed; make a new one");
        }
        int[] order = order(epoch);
        int size = options.batchSize();
        return new AheadIterator(
                threads,
                options.batchesAhead(),
                firstBatch,
                batchesPerEpoch(),
                number -> maker.make(epoch, number, order, number * size, Math.min(order.length, (number + 1) * size)));
    }

    private int[] order(int epoch) {
        return shuffled
                ? Seeds.permutation(data.size(), Seeds.generator(options.seed(), Seeds.Use.ORDER, epoch, 0))
                : IntStream.range(0, data.size()).toArray();
    }

    /** The broken images found so far, by name; all of them once an epoch has passed. */
    public List<BrokenImage> broken() {
        return store.broken();
    }

    /**
     * Ends the threads and waits for the batches that they are making, even when interrupted: no image is read any more
     * after that, and files can be closed. The thread's interrupt status is kept.
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
        return data + ", " + batchesPerEpoch() + " batches of " + batchSize();
    }
}

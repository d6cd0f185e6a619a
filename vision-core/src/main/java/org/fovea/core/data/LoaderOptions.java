package org.fovea.core.data;

/**
 * Settings of a loader.
 *
 * @param batchSize number of images in a batch, at least 1
 * @param seed seed of the order and of all augmentation
 * @param threads number of background threads, at least 1; does not influence the batches
 * @param batchesAhead maximum number of batches that are being made or waiting, at least 1
 * @param cacheBytes maximum size of the decoded images kept in memory, in bytes; 0 keeps none
 * @param brokenLimit maximum number of broken images before loading fails
 * @param lastBatch treatment of an incomplete last batch
 */
public record LoaderOptions(
        int batchSize,
        long seed,
        int threads,
        int batchesAhead,
        long cacheBytes,
        int brokenLimit,
        LastBatch lastBatch) {
    private static final int DEFAULT_BROKEN_LIMIT = 20;
    /** Default cache size: three times CIFAR's 50,000 training images, or about 2,500 photographs of 341 x 256 pixels. */
    private static final long DEFAULT_CACHE_BYTES = 640L << 20;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException when one is out of range
     */
    public LoaderOptions {
        if (batchSize < 1 || threads < 1 || batchesAhead < 1 || cacheBytes < 0 || brokenLimit < 0) {
            throw new IllegalArgumentException("LoaderOptions: batchSize, threads and batchesAhead must be at least 1,"
                    + " cacheBytes and brokenLimit at least 0, got " + batchSize + ", " + threads + ", " + batchesAhead
                    + ", " + cacheBytes + " and " + brokenLimit);
        }
    }

    /**
     * Defaults: two threads, four batches ahead, up to 640 MiB of decoded images (a third of the Java heap if that is less), 20
     * broken images, an incomplete last batch dropped.
     */
    public static LoaderOptions of(int batchSize, long seed) {
        long cache = Math.min(DEFAULT_CACHE_BYTES, Runtime.getRuntime().maxMemory() / 3);
        return new LoaderOptions(batchSize, seed, 2, 4, cache, DEFAULT_BROKEN_LIMIT, LastBatch.DROP);
    }

    /** Copy with another number of threads. */
    public LoaderOptions withThreads(int count) {
        return new LoaderOptions(batchSize, seed, count, batchesAhead, cacheBytes, brokenLimit, lastBatch);
    }

    /** Copy with another number of batches ahead. */
    public LoaderOptions withBatchesAhead(int count) {
        return new LoaderOptions(batchSize, seed, threads, count, cacheBytes, brokenLimit, lastBatch);
    }

    /** Copy with another cache size. */
    public LoaderOptions withCacheBytes(long bytes) {
        return new LoaderOptions(batchSize, seed, threads, batchesAhead, bytes, brokenLimit, lastBatch);
    }

    /** Copy with another limit of broken images. */
    public LoaderOptions withBrokenLimit(int count) {
        return new LoaderOptions(batchSize, seed, threads, batchesAhead, cacheBytes, count, lastBatch);
    }

    /** Copy with another treatment of an incomplete last batch. */
    public LoaderOptions withLastBatch(LastBatch choice) {
        return new LoaderOptions(batchSize, seed, threads, batchesAhead, cacheBytes, brokenLimit, choice);
    }
}

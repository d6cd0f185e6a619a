package org.fovea.core.data;

/**
 * Settings of a loader.
 *
 * @param batchSize images in a batch, at least 1
 * @param seed of the order and of every change to an image
 * @param threads background threads, at least 1; without influence on the batches
 * @param batchesAhead the most batches in the making or waiting, at least 1
 * @param cacheBytes bound on the decoded images kept in memory; 0 keeps none
 * @param brokenLimit number of broken images with which loading still goes on
 * @param lastBatch treatment of a last batch that is not full
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
    /** Holds CIFAR's 50,000 training images three times over, or about 2,500 photographs of 341 x 256. */
    private static final long DEFAULT_CACHE_BYTES = 640L << 20;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException when one lies outside its range
     */
    public LoaderOptions {
        if (batchSize < 1 || threads < 1 || batchesAhead < 1 || cacheBytes < 0 || brokenLimit < 0) {
            throw new IllegalArgumentException("LoaderOptions: batchSize, threads and batchesAhead must be at least 1,"
                    + " cacheBytes and brokenLimit at least 0, got " + batchSize + ", " + threads + ", " + batchesAhead
                    + ", " + cacheBytes + " and " + brokenLimit);
        }
    }

    /**
     * Two threads, four batches ahead, up to 640 MiB of decoded images (a third of the Java heap if that is less), 20
     * broken images, last batch dropped.
     */
    public static LoaderOptions of(int batchSize, long seed) {
        long cache = Math.min(DEFAULT_CACHE_BYTES, Runtime.getRuntime().maxMemory() / 3);
        return new LoaderOptions(batchSize, seed, 2, 4, cache, DEFAULT_BROKEN_LIMIT, LastBatch.DROP);
    }

    /** These options with another number of threads. */
    public LoaderOptions withThreads(int count) {
        return new LoaderOptions(batchSize, seed, count, batchesAhead, cacheBytes, brokenLimit, lastBatch);
    }

    /** These options with another number of batches ahead. */
    public LoaderOptions withBatchesAhead(int count) {
        return new LoaderOptions(batchSize, seed, threads, count, cacheBytes, brokenLimit, lastBatch);
    }

    /** These options with another bound on the memory of decoded images. */
    public LoaderOptions withCacheBytes(long bytes) {
        return new LoaderOptions(batchSize, seed, threads, batchesAhead, bytes, brokenLimit, lastBatch);
    }

    /** These options with another number of broken images that are put up with. */
    public LoaderOptions withBrokenLimit(int count) {
        return new LoaderOptions(batchSize, seed, threads, batchesAhead, cacheBytes, count, lastBatch);
    }

    /** These options with another treatment of a last batch that is not full. */
    public LoaderOptions withLastBatch(LastBatch choice) {
        return new LoaderOptions(batchSize, seed, threads, batchesAhead, cacheBytes, brokenLimit, choice);
    }
}

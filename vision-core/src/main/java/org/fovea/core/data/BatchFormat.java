package org.fovea.core.data;

import java.io.IOException;
import java.util.Iterator;
import java.util.random.RandomGenerator;

/**
 * Makes batches of samples: reads single samples, and augments and joins those of a batch. Thread-safe, and the same for the
 * same state of the generators.
 *
 * @param <S> type of a sample of a {@link Dataset}
 * @param <D> type of a sample that has been read, such as a decoded image; never changed
 * @param <B> type of a batch
 */
public interface BatchFormat<S, D, B> {
    /** Name of a sample in errors and reports. */
    String name(S sample);

    /**
     * Reads a sample.
     *
     * @throws IOException when its file cannot be read
     * @throws org.fovea.core.image.ImageException when its image is broken
     */
    D read(S sample) throws IOException;

    /** Bytes of memory that a sample needs if it is kept for later epochs. */
    long bytes(D read);

    /**
     * Combines samples into a batch.
     *
     * @param items samples, read lazily so that few are in memory at a time; at least one
     * @param atMost maximum number of items; there are fewer if some are broken
     * @param epoch from 0
     * @param random the only source of randomness for the batch as a whole
     */
    B batch(Iterator<Item<S, D>> items, int atMost, int epoch, RandomGenerator random);

    /**
     * One sample of a batch.
     *
     * @param read sample that has been read
     * @param random the only source of randomness for this sample
     */
    record Item<S, D>(S sample, D read, RandomGenerator random) {}
}

package org.fovea.core.data;

import java.io.IOException;
import java.util.Iterator;
import java.util.random.RandomGenerator;

/**
 * Makes batches of samples: reads single samples, and augments and joins those of a batch. Thread-safe, and the same for the
 * same state of the generators.
 *
 * @param <S> a sample of a {@link Dataset}
 * @param <D> a sample that has been read, such as a decoded image; never changed
 * @param <B> a batch
 */
public interface BatchFormat<S, D, B> {
    /** The name that errors and reports call a sample. */
    String name(S sample);

    /**
     * Reads a sample.
     *
     * @throws IOException when its file cannot be read
     * @throws org.fovea.core.image.ImageException when its image is broken
     */
    D read(S sample) throws IOException;

    /** Bytes of memory that a sample takes when it is kept for later epochs. */
    long bytes(D read);

    /**
     * Joins samples.
     *
     * @param items read one by one as they are asked for, so that few are in memory at once; at least one
     * @param atMost the most items there are; fewer where some are broken
     * @param epoch from 0
     * @param random the only source of chance for the batch as a whole
     */
    B batch(Iterator<Item<S, D>> items, int atMost, int epoch, RandomGenerator random);

    /**
     * One sample of a batch.
     *
     * @param read the sample as it was read
     * @param random the only source of chance for this sample
     */
    record Item<S, D>(S sample, D read, RandomGenerator random) {}
}

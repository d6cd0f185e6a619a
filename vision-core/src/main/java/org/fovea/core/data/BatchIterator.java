package org.fovea.core.data;

import java.util.Iterator;

/**
 * The batches of an epoch, in order; for one thread. Closing it early gives back what was prepared ahead.
 *
 * <p>{@link #next()} waits for the batch and throws a {@link DataSetException} when samples cannot be read.
 *
 * @param <B> a batch
 */
public interface BatchIterator<B> extends Iterator<B>, AutoCloseable {
    /** Ends the iteration; further calls do nothing. */
    @Override
    void close();
}

package org.fovea.core.data;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.IntFunction;

/**
 * The batches of an epoch, in order; for one thread. Closing it early gives back what was prepared ahead.
 *
 * <p>{@link #next()} waits for the batch and throws a {@link DataSetException} when samples cannot be read.
 *
 * @param <B> type of a batch
 */
public interface BatchIterator<B> extends Iterator<B>, AutoCloseable {
    /** Ends the iteration; further calls do nothing. */
    @Override
    void close();

    /** Batches made by the reading thread from their numbers, from {@code first} to before {@code end}. */
    static <B> BatchIterator<B> of(int first, int end, IntFunction<B> batches) {
        return new BatchIterator<>() {
            private int next = first;

            @Override
            public boolean hasNext() {
                return next < end;
            }

            @Override
            public B next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("BatchIterator: the epoch has no further batch");
                }
                return batches.apply(next++);
            }

            @Override
            public void close() {
                next = end;
            }
        };
    }
}

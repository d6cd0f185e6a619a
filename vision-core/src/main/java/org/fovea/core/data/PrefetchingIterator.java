package org.fovea.core.data;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntFunction;

/** Batches in order, a bounded number of which are prepared ahead; those without any sample are passed over. */
final class PrefetchingIterator<B> implements BatchIterator<B> {
    private final ExecutorService threads;
    private final IntFunction<Optional<B>> maker;
    private final int end;
    private final Deque<Future<Optional<B>>> ahead = new ArrayDeque<>();
    private int nextNumber;
    private B next;

    PrefetchingIterator(ExecutorService threads, int batchesAhead, int first, int end, IntFunction<Optional<B>> maker) {
        this.threads = threads;
        this.maker = maker;
        this.nextNumber = first;
        this.end = end;
        for (int i = 0; i < batchesAhead; i++) {
            order();
        }
    }

    private void order() {
        if (nextNumber < end) {
            int number = nextNumber++;
            try {
                ahead.add(threads.submit(() -> maker.apply(number)));
            } catch (RejectedExecutionException e) {
                throw new IllegalStateException("BatchLoader: was closed while its batches were read", e);
            }
        }
    }

    @Override
    public boolean hasNext() {
        while (next == null && !ahead.isEmpty()) {
            Optional<B> batch = await(ahead.remove());
            order();
            next = batch.orElse(null);
        }
        return next != null;
    }

    private Optional<B> await(Future<Optional<B>> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new IllegalStateException("BatchLoader: interrupted while waiting for a batch", e);
        } catch (CancellationException e) {
            throw new IllegalStateException("BatchLoader: was closed while its batches were read", e);
        } catch (ExecutionException e) {
            close();
            throw thrown(e.getCause());
        }
    }

    /** Exception with the worker's error as its cause and the reader's stack. */
    private static RuntimeException thrown(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof DataSetException
                ? new DataSetException(cause.getMessage(), cause)
                : new IllegalStateException("BatchLoader: making a batch failed: " + cause, cause);
    }

    @Override
    public B next() {
        if (!hasNext()) {
            throw new NoSuchElementException("BatchLoader: the epoch has no further batch");
        }
        B out = next;
        next = null;
        return out;
    }

    @Override
    public void close() {
        nextNumber = end;
        next = null;
        ahead.forEach(f -> f.cancel(false));
        ahead.clear();
    }
}

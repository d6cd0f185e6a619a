package org.fovea.server.queue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A place in a {@link WorkQueue}.
 *
 * @param <R> type of the result
 */
public final class Ticket<R> {
    private final Work<?, R> work;
    private final CompletableFuture<R> result = new CompletableFuture<>();
    private final long submitted = System.nanoTime();
    private volatile long begun;
    private volatile long ended;

    Ticket(Work<?, R> work) {
        this.work = work;
    }

    Work<?, R> work() {
        return work;
    }

    /** Cancels the work unless it has begun. */
    public void cancel() {
        result.cancel(false);
    }

    /** Returns whether the work was canceled. */
    public boolean isCancelled() {
        return result.isCancelled();
    }

    /**
     * Waits for the result for a limited time.
     *
     * @return false if it is not available yet
     */
    public boolean await(long millis) throws InterruptedException {
        try {
            result.get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        }
    }

    /** Registers a callback for a result, a failure or a cancellation. */
    public void whenDone(Runnable then) {
        result.whenComplete((value, failure) -> then.run());
    }

    /** Calls back when the place is given up. */
    void whenCancelled(Runnable then) {
        result.whenComplete((value, failure) -> {
            if (isCancelled()) {
                then.run();
            }
        });
    }

    /**
     * Result, once it is available.
     *
     * @throws RuntimeException the exception of the computation, if it failed
     */
    public R get() {
        try {
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a result", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Nanoseconds spent waiting. */
    public long waitedNanos() {
        return begun - submitted;
    }

    /** Nanoseconds spent computing the whole batch. */
    public long computedNanos() {
        return ended - begun;
    }

    void begin(long nanos) {
        begun = nanos;
        ended = nanos;
    }

    void complete(R value, long nanos) {
        ended = nanos;
        result.complete(value);
    }

    void fail(Throwable failure, long nanos) {
        ended = nanos;
        result.completeExceptionally(failure);
    }
}

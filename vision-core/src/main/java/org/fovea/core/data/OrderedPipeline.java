package org.fovea.core.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.fovea.core.image.ImageException;

/**
 * Prepares inputs on background threads while the caller's thread computes those before them, in batches. Outcomes have the
 * order of the inputs; an input whose preparation throws an {@link ImageException} is an outcome of its own; a bounded
 * number of inputs is in memory, however slow the consumer is.
 *
 * <pre>{@code
 * try (OrderedPipeline<Path, Tensor> pipeline = OrderedPipeline.start(paths, 8, path -> pixels(path))) {
 *     pipeline.run(batch -> model.run(batch), outcome -> print(outcome));
 * }
 * }</pre>
 *
 * <p>A {@link Collection} is computed in full batches but for the last one. From inputs whose number is not known, which may
 * come slowly, a batch goes on with what there is as soon as no further one comes for a moment.
 *
 * @param <I> type of an input
 * @param <P> type of a prepared input
 */
public final class OrderedPipeline<I, P> implements AutoCloseable {
    /** Time in milliseconds for which a prepared input waits for others to fill its batch. */
    private static final long PATIENCE_MILLIS = 50;
    /** Maximum number of outcomes that are held back for a batch, failures included. */
    private static final int MOST_AT_ONCE = 4096;

    private final Function<? super I, ? extends P> prepare;
    private final int batch;
    private final long patienceMillis;
    private final BlockingQueue<Future<Optional<Outcome<I, P>>>> queue;
    private final ExecutorService workers;
    private final Thread feeder;

    private OrderedPipeline(Iterable<? extends I> inputs, int batch, Function<? super I, ? extends P> prepare) {
        int cores = Runtime.getRuntime().availableProcessors();
        this.prepare = prepare;
        this.batch = batch;
        this.patienceMillis = inputs instanceof Collection ? Long.MAX_VALUE : PATIENCE_MILLIS;
        this.queue = new ArrayBlockingQueue<>(batch + cores);
        this.workers = Executors.newFixedThreadPool(cores, daemons("prepare"));
        this.feeder = daemons("inputs").newThread(() -> feed(inputs));
    }

    /**
     * Starts to prepare inputs.
     *
     * @param inputs inputs, iterated once on a separate thread
     * @param batch maximum number of inputs computed together, at least 1
     * @param prepare prepares one input; called on several threads. An exception other than an {@link ImageException} ends the
     *     run
     */
    public static <I, P> OrderedPipeline<I, P> start(
            Iterable<? extends I> inputs, int batch, Function<? super I, ? extends P> prepare) {
        if (batch < 1) {
            throw new IllegalArgumentException("OrderedPipeline: batch must be at least 1, got " + batch);
        }
        OrderedPipeline<I, P> pipeline = new OrderedPipeline<>(inputs, batch, prepare);
        pipeline.feeder.start();
        return pipeline;
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    private void feed(Iterable<? extends I> inputs) {
        try {
            try {
                for (I input : inputs) {
                    queue.put(workers.submit(() -> Optional.of(Outcome.of(input, prepare))));
                }
                queue.put(CompletableFuture.completedFuture(Optional.empty()));
            } catch (RuntimeException | Error e) {
                queue.put(CompletableFuture.failedFuture(e));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the pipeline was closed
        }
    }

    /**
     * Computes everything on this thread; may be called once.
     *
     * @param compute computes 1 to {@code batch} prepared inputs; returns a result for each, in order
     * @param results receives each outcome as soon as it is available; an exception that it throws ends the run
     * @throws CancellationException when this thread is interrupted; its interrupt flag is set
     */
    public <R> void run(Function<List<P>, List<R>> compute, Consumer<? super Outcome<I, R>> results) {
        List<Outcome<I, P>> some = new ArrayList<>();
        int prepared = 0;
        boolean ended = false;
        while (!ended) {
            Future<Optional<Outcome<I, P>>> next = next(some.isEmpty());
            Optional<Outcome<I, P>> outcome = next == null ? Optional.empty() : value(next);
            outcome.ifPresent(some::add);
            prepared += outcome.isPresent() && outcome.get() instanceof Outcome.Done ? 1 : 0;
            ended = next != null && outcome.isEmpty();
            boolean canGrow = prepared > 0 && prepared < batch && some.size() < MOST_AT_ONCE;
            if (outcome.isEmpty() || !canGrow) {
                flush(some, compute, results);
                some.clear();
                prepared = 0;
            }
        }
    }

    /** Next prepared input; null if others are ready and none arrives soon. */
    private Future<Optional<Outcome<I, P>>> next(boolean waitForever) {
        try {
            return waitForever ? queue.take() : queue.poll(patienceMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static <V> V value(Future<V> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            throw interrupted();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause(); // functions and iterators can throw no other exceptions
        }
    }

    private static CancellationException interrupted() {
        Thread.currentThread().interrupt();
        return new CancellationException("OrderedPipeline: interrupted before all inputs were computed");
    }

    private static <I, P, R> void flush(
            List<Outcome<I, P>> some, Function<List<P>, List<R>> compute, Consumer<? super Outcome<I, R>> results) {
        List<P> ready = some.stream()
                .filter(Outcome.Done.class::isInstance)
                .<P>map(Outcome::get)
                .toList();
        Iterator<R> computed =
                ready.isEmpty() ? List.<R>of().iterator() : compute.apply(ready).iterator();
        for (Outcome<I, P> each : some) {
            results.accept(each.map(p -> computed.next()));
        }
    }

    /** Ends the threads after the inputs that they are preparing. */
    @Override
    public void close() {
        feeder.interrupt();
        workers.shutdownNow();
        try {
            while (!workers.awaitTermination(1, TimeUnit.HOURS)) {
                continue;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package org.fovea.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.ImageException;
import org.fovea.core.image.RgbImage;

/**
 * Decodes and prepares images on background threads while the model computes; outcomes have the order of the inputs, and
 * only a bounded number of images is in memory.
 *
 * @param <T> a prepared image
 */
final class Pipeline<T> implements AutoCloseable {
    /** How long an image that is ready waits for others to fill its batch, where inputs come slowly. */
    private static final long PATIENCE_MILLIS = 50;
    /** Bounds what is held back where failures lie between the images of a batch. */
    private static final int MOST_AT_ONCE = 4096;

    private final ImageDecoder decoder;
    private final CompletableFuture<Work<T>> work = new CompletableFuture<>();
    private final ExecutorService decoders;
    private final Thread feeder;
    private final BlockingQueue<Future<Optional<Loaded<T>>>> queue;

    private Pipeline(ImageDecoder decoder, Iterator<Input> inputs, int threads, int waiting) {
        this.decoder = decoder;
        this.decoders = Executors.newFixedThreadPool(threads, daemons("decode"));
        this.queue = new LinkedBlockingQueue<>(waiting);
        this.feeder = daemons("inputs").newThread(() -> feed(inputs));
    }

    /**
     * Begins to decode.
     *
     * @param batch images the model takes at once
     */
    static <T> Pipeline<T> start(ImageDecoder decoder, Iterator<Input> inputs, int batch) {
        int cores = Runtime.getRuntime().availableProcessors();
        Pipeline<T> pipeline = new Pipeline<>(decoder, inputs, cores, batch + cores);
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

    private void feed(Iterator<Input> inputs) {
        try {
            try {
                while (inputs.hasNext()) {
                    Input input = inputs.next();
                    queue.put(decoders.submit(() -> Optional.of(load(input))));
                }
                queue.put(CompletableFuture.completedFuture(Optional.empty()));
            } catch (RuntimeException | Error e) {
                queue.put(CompletableFuture.failedFuture(e));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private Loaded<T> load(Input input) {
        if (input instanceof Input.ImageFile file) {
            RgbImage image;
            try {
                image = decoder.decode(file.path());
            } catch (ImageException e) {
                return new Unprepared<>(Outcome.Failed.of(file.file(), e.getMessage()));
            }
            return prepare(file, image, work.join());
        }
        Input.Unusable unusable = (Input.Unusable) input;
        return new Unprepared<>(new Outcome.Failed(unusable.file(), unusable.error()));
    }

    /** An image that cannot be resized, such as one a pixel high and far too wide, is a fault of that image alone. */
    private Loaded<T> prepare(Input.ImageFile file, RgbImage image, Work<T> ready) {
        try {
            return new Prepared<>(file.file(), ready.prepare(image));
        } catch (IllegalArgumentException | OutOfMemoryError e) {
            String text = e instanceof OutOfMemoryError ? Failures.text(e) : e.getMessage();
            return new Unprepared<>(new Outcome.Failed(file.file(), text));
        }
    }

    /** Runs all images through the work, here, and hands on their outcomes in order. */
    void run(Work<T> ready, Sink sink) throws IOException {
        work.complete(ready);
        List<Loaded<T>> some = new ArrayList<>();
        while (true) {
            Future<Optional<Loaded<T>>> next = next(some.isEmpty());
            Optional<Loaded<T>> loaded = next == null ? Optional.empty() : value(next);
            loaded.ifPresent(some::add);
            long prepared = some.stream().filter(Prepared.class::isInstance).count();
            boolean canGrow = prepared > 0 && prepared < ready.batch() && some.size() < MOST_AT_ONCE;
            if (loaded.isEmpty() || !canGrow) {
                flush(ready, some, sink);
            }
            if (next != null && loaded.isEmpty()) {
                return;
            }
        }
    }

    /** The next image, or null where others are ready and none comes soon. */
    private Future<Optional<Loaded<T>>> next(boolean waitForever) {
        try {
            return waitForever ? queue.take() : queue.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailureException("interrupted", e);
        }
    }

    private static <V> V value(Future<V> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailureException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new FailureException(Failures.text(e.getCause()), e);
        }
    }

    private void flush(Work<T> ready, List<Loaded<T>> some, Sink sink) throws IOException {
        List<String> files = new ArrayList<>();
        List<T> images = new ArrayList<>();
        for (Loaded<T> one : some) {
            if (one instanceof Prepared<T> image) {
                files.add(image.file());
                images.add(image.image());
            }
        }
        Iterator<Outcome> outcomes = files.isEmpty()
                ? List.<Outcome>of().iterator()
                : ready.finish(files, images).iterator();
        for (Loaded<T> one : some) {
            sink.accept(one instanceof Unprepared<T> failed ? failed.outcome() : outcomes.next());
        }
        some.clear();
    }

    /** Ends the threads. */
    @Override
    public void close() {
        work.cancel(false);
        feeder.interrupt();
        decoders.shutdownNow();
    }

    private sealed interface Loaded<T> {}

    private record Prepared<T>(String file, T image) implements Loaded<T> {}

    private record Unprepared<T>(Outcome outcome) implements Loaded<T> {}

    /** Where outcomes go. */
    interface Sink {
        void accept(Outcome outcome) throws IOException;
    }
}

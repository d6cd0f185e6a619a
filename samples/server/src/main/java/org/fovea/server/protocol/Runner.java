package org.fovea.server.protocol;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.fovea.server.model.ServedModel;
import org.fovea.server.queue.Ticket;
import org.fovea.server.queue.WorkQueue;
import org.fovea.server.request.ApiException;
import org.fovea.server.task.Call;
import org.fovea.server.task.TaskModel;

/**
 * The way of a request through a model: read, put into its queue, waited for.
 *
 * @param limit maximum waiting time for an answer
 */
public record Runner(Duration limit) {
    private static final long POLL_MILLIS = 50;
    private static final int RETRY_SECONDS = 1;

    /**
     * Answers a request.
     *
     * @param open reads the request
     * @param gone returns whether the client has hung up
     * @throws ApiException when the request fails or takes too long
     */
    public Answer run(ServedModel model, Function<TaskModel, Call<?>> open, BooleanSupplier gone) {
        Running running =
                start(model, loaded -> Optional.of(open.apply(loaded))).orElseThrow();
        return wait(running, gone, System.nanoTime() + limit.toNanos());
    }

    /**
     * Answers the parts of a request, which are computed together if possible.
     *
     * @param opens each reads one of the parts
     * @throws ApiException when one of the parts fails or takes too long
     */
    public List<Answer> runAll(ServedModel model, List<Function<TaskModel, Call<?>>> opens, BooleanSupplier gone) {
        List<Running> all = new ArrayList<>();
        try {
            long end = System.nanoTime() + limit.toNanos();
            for (Function<TaskModel, Call<?>> open : opens) {
                all.add(start(model, loaded -> Optional.of(open.apply(loaded))).orElseThrow());
            }
            List<Answer> out = new ArrayList<>();
            all.forEach(running -> out.add(wait(running, gone, end)));
            return out;
        } finally {
            all.forEach(Running::cancel);
        }
    }

    private Answer wait(Running running, BooleanSupplier gone, long end) {
        while (!running.await(POLL_MILLIS)) {
            if (gone.getAsBoolean()) {
                running.cancel();
                throw new ClientGoneException();
            }
            if (System.nanoTime() > end) {
                running.cancel();
                throw late();
            }
        }
        return running.answer();
    }

    /** Error for an answer that took too long. */
    public ApiException late() {
        return ApiException.unavailable(
                "the answer took longer than " + limit.toSeconds() + " s; try again", RETRY_SECONDS);
    }

    /**
     * Reads a request and puts it into the queue.
     *
     * @param open reads the request; returns empty if there is nothing to do
     * @throws ApiException when the request is wrong or the queue is full
     */
    public Optional<Running> start(ServedModel model, Function<TaskModel, Optional<Call<?>>> open) {
        TaskModel loaded = model.ready();
        if (model.queue().isFull()) {
            throw full(model);
        }
        WorkQueue.Announced coming = model.queue().announce();
        try {
            long begin = System.nanoTime();
            Optional<Call<?>> call = open.apply(loaded);
            long decodeNanos = System.nanoTime() - begin;
            return call.map(one -> submit(model, one, decodeNanos));
        } catch (IllegalStateException e) {
            throw ApiException.unavailable("the server shuts down", RETRY_SECONDS);
        } finally {
            coming.close();
        }
    }

    private static <R> Running submit(ServedModel model, Call<R> call, long decodeNanos) {
        Ticket<R> ticket = model.queue().submit(call.work()).orElseThrow(() -> full(model));
        return Running.of(call, ticket, decodeNanos);
    }

    private static ApiException full(ServedModel model) {
        return ApiException.tooMany(
                "too many requests wait for the model " + model.name() + " already; try again", RETRY_SECONDS);
    }
}

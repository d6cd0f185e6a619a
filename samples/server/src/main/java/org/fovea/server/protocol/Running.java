package org.fovea.server.protocol;

import java.util.function.Supplier;
import org.fovea.core.image.ImageException;
import org.fovea.server.queue.Ticket;
import org.fovea.server.request.ApiException;
import org.fovea.server.task.Call;

/** A request that waits or is being computed. */
public final class Running {
    private final Ticket<?> ticket;
    private final Supplier<Object> json;
    private final long decodeNanos;

    private Running(Ticket<?> ticket, Supplier<Object> json, long decodeNanos) {
        this.ticket = ticket;
        this.json = json;
        this.decodeNanos = decodeNanos;
    }

    static <R> Running of(Call<R> call, Ticket<R> ticket, long decodeNanos) {
        return new Running(ticket, () -> call.answer().apply(ticket.get()), decodeNanos);
    }

    /**
     * Waits for the end for a limited time.
     *
     * @return false if it has not come yet
     */
    public boolean await(long millis) {
        try {
            return ticket.await(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ticket.cancel();
            throw ApiException.unavailable("the server shuts down", 1);
        }
    }

    /** Registers a callback for the end, with or without success. */
    public void whenDone(Runnable then) {
        ticket.whenDone(then);
    }

    /** Cancels the request if it is still waiting. */
    public void cancel() {
        ticket.cancel();
    }

    /**
     * Answer, once it is available.
     *
     * @throws ApiException when the request failed
     */
    public Answer answer() {
        try {
            return new Answer(json.get(), Timings.of(decodeNanos, ticket));
        } catch (ImageException e) { // outputs of the model that are not finite
            throw ApiException.unanswerable(e.getMessage());
        } catch (ArithmeticException | NegativeArraySizeException e) { // sizes beyond the limit of an array
            throw ApiException.unanswerable("the image is too large for this model: " + e.getMessage());
        }
    }
}

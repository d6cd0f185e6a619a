package org.fovea.server.http;

import io.javalin.http.Context;
import java.time.Duration;
import org.fovea.server.protocol.Errors;
import org.fovea.server.protocol.Route;
import org.fovea.server.request.ApiException;

/** Lets requests in until the server shuts down, and knows how many are inside. Thread-safe. */
public final class Gate {
    /** Attribute of requests that reached a route. */
    static final String ENTERED = "fovea.entered";

    private static final int RETRY_SECONDS = 5;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private int inside;
    private boolean closed;

    /** Handles a request by its route. */
    void handle(Context ctx, Route route) throws Exception {
        ctx.attribute(ENTERED, route.path());
        if (!enter()) {
            ctx.header("Connection", "close");
            throw ApiException.unavailable("the server shuts down", RETRY_SECONDS);
        }
        try {
            route.handler().handle(ctx);
        } catch (Error e) { // such as too little memory: Javalin does not turn errors into answers
            Errors.answer(ctx, e);
        } finally {
            leave();
        }
    }

    private synchronized boolean enter() {
        inside += closed ? 0 : 1;
        return !closed;
    }

    private synchronized void leave() {
        inside--;
        notifyAll();
    }

    /** Returns whether new requests are accepted. */
    public synchronized boolean isOpen() {
        return !closed;
    }

    /** Returns whether no request is being handled. */
    public synchronized boolean isIdle() {
        return inside == 0;
    }

    /**
     * Refuses new requests, and waits for a limited time until those being handled have ended.
     *
     * @return false if it was closed before
     */
    public synchronized boolean close(Duration limit) {
        boolean first = !closed;
        closed = true;
        long end = System.nanoTime() + limit.toNanos();
        try {
            for (long left = limit.toMillis(); inside > 0 && left > 0; ) {
                wait(left);
                left = (end - System.nanoTime()) / NANOS_PER_MILLI;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return first;
    }
}

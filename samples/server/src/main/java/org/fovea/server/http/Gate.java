package org.fovea.server.http;

import io.javalin.http.Context;
import java.time.Duration;
import org.fovea.server.protocol.Errors;
import org.fovea.server.protocol.Route;
import org.fovea.server.request.ApiException;

/** Lets requests in until the server shuts down, and knows how many are inside. Thread-safe. */
public final class Gate {
    /** The attribute of requests that reached a route. */
    static final String ENTERED = "fovea.entered";

    private static final int RETRY_SECONDS = 5;

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
        } catch (Error e) {
            Errors.answer(ctx, e);
        } finally {
            leave();
        }
    }

    private synchronized boolean enter() {
        if (closed) {
            return false;
        }
        inside++;
        return true;
    }

    private synchronized void leave() {
        inside--;
        notifyAll();
    }

    /** Returns whether requests come in. */
    public synchronized boolean isOpen() {
        return !closed;
    }

    /** Lets nobody in any more and waits for those inside, for a while. */
    public synchronized void close(Duration limit) {
        closed = true;
        long end = System.nanoTime() + limit.toNanos();
        try {
            for (long left = limit.toMillis(); inside > 0 && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

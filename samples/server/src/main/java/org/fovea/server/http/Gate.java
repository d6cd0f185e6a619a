package org.fovea.server.http;

import io.javalin.http.Context;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.fovea.server.protocol.Errors;
import org.fovea.server.protocol.Route;

/** The way of requests to their routes. Thread-safe. */
public final class Gate {
    /** The attribute of requests that reached a route. */
    static final String ENTERED = "fovea.entered";

    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicBoolean open = new AtomicBoolean(true);

    /** Handles a request by its route. */
    void handle(Context ctx, Route route) throws Exception {
        ctx.attribute(ENTERED, route.path());
        inside.incrementAndGet();
        try {
            route.handler().handle(ctx);
        } catch (Error e) { // such as too little memory, which Javalin does not take for an answer
            Errors.answer(ctx, e);
        } finally {
            inside.decrementAndGet();
        }
    }

    /** Returns whether the server is to go on. */
    public boolean isOpen() {
        return open.get();
    }

    /** Returns whether no request is being handled. */
    public boolean isIdle() {
        return inside.get() == 0;
    }

    /** Says that the server shuts down; false when that was said before. */
    public boolean close() {
        return open.getAndSet(false);
    }
}

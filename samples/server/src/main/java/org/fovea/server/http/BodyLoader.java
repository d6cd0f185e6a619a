package org.fovea.server.http;

import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.EagerContentHandler.ContentLoader;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * Loads one body, then hands its request on. What is refused is read on and dropped, since a client that still sends would not see
 * the answer. A body that pauses or takes too long ends with a failure; Jetty's own loader waits for ever.
 */
final class BodyLoader extends ContentLoader implements Invocable.Task {
    private static final long MOST_SECONDS = 120;
    private static final long NANOS = 1_000_000_000;

    private final Body body;
    private final long begin = System.nanoTime();

    BodyLoader(Handler next, Request request, Response response, Callback callback, Body body) {
        super(next, request, response, callback);
        this.body = body;
    }

    @Override
    protected void load() {
        body.announced(getRequest().getLength());
        if (isLoaded()) {
            proceed();
        }
    }

    /** More has come, on a thread of Jetty's that must not wait. */
    @Override
    public void run() {
        if (isLoaded()) {
            getRequest().getContext().execute(this::proceed);
        }
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    /** Takes in what is there; where that is not all, asks to be called again. */
    private boolean isLoaded() {
        while (true) {
            Content.Chunk chunk = getRequest().read();
            if (chunk == null) {
                getRequest().demand(this);
                return false;
            }
            if (isLast(chunk)) {
                return true;
            }
        }
    }

    private boolean isLast(Content.Chunk chunk) {
        if (Content.Chunk.isFailure(chunk)) {
            body.fail(chunk.getFailure());
            return true;
        }
        body.add(chunk.getByteBuffer());
        boolean last = chunk.isLast();
        chunk.release();
        if (!last && System.nanoTime() - begin > MOST_SECONDS * NANOS) {
            body.fail(new TimeoutException("it took longer than " + MOST_SECONDS + " s"));
            return true;
        }
        return last || body.isTooLong();
    }

    private void proceed() {
        handle(new LoadedRequest(getRequest()), getResponse(), getCallback());
    }

    /** The request with the body that was loaded. */
    private final class LoadedRequest extends Request.Wrapper {
        LoadedRequest(Request request) {
            super(request);
        }

        @Override
        public Content.Chunk read() {
            return body.next();
        }
    }
}

package org.fovea.server.http;

import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.EagerContentHandler.ContentLoader;
import org.eclipse.jetty.server.handler.EagerContentHandler.ContentLoaderFactory;
import org.eclipse.jetty.server.handler.EagerContentHandler.RetainedContentLoaderFactory.RetainedContentLoader;
import org.eclipse.jetty.util.Callback;

/**
 * Loads bodies before their requests get threads. Jetty's own loader, which does the work, keeps a connection for ever where its
 * body stops to come, and where its answer cannot be sent.
 *
 * @param mostBytes maximum number of bytes to keep of a body
 */
record BodyLoading(long mostBytes) implements ContentLoaderFactory {
    private static final long MOST_SECONDS = 120;
    private static final int USUAL_OVERHEAD = -1;

    @Override
    public String getApplicableMimeType() {
        return null; // any type
    }

    @Override
    public ContentLoader newContentLoader(
            String contentType, String mimeType, Handler next, Request request, Response response, Callback callback) {
        return new RetainedContentLoader(
                next, new TimedRequest(request), response, callback, mostBytes, USUAL_OVERHEAD, false) {
            /** {@inheritDoc} Jetty's callback receives only success; failures go to the request. */
            @Override
            protected void handle(Request whole, Response answer, Callback done) {
                super.handle(whole, answer, Callback.from(done.getInvocationType(), done::succeeded, whole::fail));
            }
        };
    }

    /** A request whose body ends with a failure when it pauses or takes too long; Jetty's would wait on. */
    private static final class TimedRequest extends Request.Wrapper {
        private final long begin = System.nanoTime();

        TimedRequest(Request request) {
            super(request);
        }

        @Override
        public Content.Chunk read() {
            Content.Chunk chunk = super.read();
            if (Content.Chunk.isFailure(chunk, false)) {
                return Content.Chunk.from(chunk.getFailure(), true);
            }
            if (chunk != null && !chunk.isLast() && System.nanoTime() - begin > MOST_SECONDS * 1_000_000_000) {
                chunk.release();
                return Content.Chunk.from(new TimeoutException("it took longer than " + MOST_SECONDS + " s"), true);
            }
            return chunk;
        }
    }
}

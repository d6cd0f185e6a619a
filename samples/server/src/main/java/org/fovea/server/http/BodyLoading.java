package org.fovea.server.http;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.EagerContentHandler.ContentLoader;
import org.eclipse.jetty.server.handler.EagerContentHandler.ContentLoaderFactory;
import org.eclipse.jetty.util.Callback;

/**
 * Loads bodies before their requests get threads, so that slow bodies hold no threads.
 *
 * @param mostBytes the largest body
 * @param budget for all of them
 */
public record BodyLoading(long mostBytes, BodyBudget budget) implements ContentLoaderFactory {
    @Override
    public String getApplicableMimeType() {
        return null; // any type
    }

    /** The share is given back once the request is answered, or its client is gone. */
    @Override
    public ContentLoader newContentLoader(
            String contentType, String mimeType, Handler next, Request request, Response response, Callback callback) {
        BodyBudget.Share share = budget.share();
        Request.addCompletionListener(request, failure -> share.close());
        return new BodyLoader(next, request, response, callback, new Body(mostBytes, share));
    }
}

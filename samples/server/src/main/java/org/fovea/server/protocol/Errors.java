package org.fovea.server.protocol;

import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import org.fovea.server.request.ApiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers that say what went wrong. */
public final class Errors {
    private static final Logger LOG = LoggerFactory.getLogger(Errors.class);
    private static final int RETRY_SECONDS = 1;
    private static final int INTERNAL = 500;

    private Errors() {}

    /** Answers with the status and message of an error. */
    public static void answer(Context ctx, Throwable failure) {
        ApiException known = known(failure);
        int status = known == null ? INTERNAL : known.status();
        ctx.status(status);
        if (known != null) {
            known.retrySeconds().ifPresent(seconds -> ctx.header("Retry-After", Integer.toString(seconds)));
        }
        answer(ctx, text(known, failure));
    }

    /** Answers with an error message. */
    public static void answer(Context ctx, String text) {
        ctx.contentType("application/json").result(Json.bytes(Map.of("error", text)));
    }

    /** JSON of an error within a stream, with the status that it would have had before the stream began. */
    public static Map<String, Object> json(Throwable failure) {
        ApiException known = known(failure);
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("error", text(known, failure));
        out.put("status", known == null ? INTERNAL : known.status());
        return out;
    }

    private static ApiException known(Throwable failure) {
        if (failure instanceof ApiException api) {
            return api;
        }
        if (failure instanceof OutOfMemoryError) {
            LOG.warn("Out of memory", failure);
            return ApiException.unavailable(
                    "the server has not enough memory for this now; try again, or send a smaller image", RETRY_SECONDS);
        }
        return null;
    }

    private static String text(ApiException known, Throwable failure) {
        if (known != null) {
            return known.getMessage();
        }
        LOG.error("A request failed", failure);
        return "this is a fault of the server and not of what you sent: its log says more";
    }
}

package org.fovea.server.request;

import java.util.OptionalInt;

/** A request that cannot be answered, with the status and the text that its client gets. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TOO_SLOW = 408;
    private static final int TOO_LARGE = 413;
    private static final int UNSUPPORTED_TYPE = 415;
    private static final int UNANSWERABLE = 422;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;
    private static final int NEVER = 0;

    private final int status;
    private final int retrySeconds;

    private ApiException(int status, int retrySeconds, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
        this.retrySeconds = retrySeconds;
    }

    /** A mistake in the request; the text says the rule, the actual value and the cure. */
    public static ApiException badRequest(String message) {
        return new ApiException(BAD_REQUEST, NEVER, message, null);
    }

    /** A mistake in the request that something else found out. */
    public static ApiException badRequest(String message, Throwable cause) {
        return new ApiException(BAD_REQUEST, NEVER, message, cause);
    }

    /** A request without the token. */
    public static ApiException unauthorized() {
        return new ApiException(
                UNAUTHORIZED, NEVER, "this server needs its token: send the header Authorization: Bearer TOKEN", null);
    }

    /** A request that comes from where it must not. */
    public static ApiException forbidden(String message) {
        return new ApiException(FORBIDDEN, NEVER, message, null);
    }

    /** A request for something that is not there. */
    public static ApiException notFound(String message) {
        return new ApiException(NOT_FOUND, NEVER, message, null);
    }

    /** A body that did not come in time. */
    public static ApiException tooSlow(String message) {
        return new ApiException(TOO_SLOW, NEVER, message, null);
    }

    /** A body that is too large. */
    public static ApiException tooLarge(long maxBytes) {
        return new ApiException(
                TOO_LARGE,
                NEVER,
                "the body must be at most " + maxBytes
                        + " bytes, which is this server's --max-body; send a smaller image",
                null);
    }

    /** A body of a type that the route does not take. */
    public static ApiException unsupportedType(String message) {
        return new ApiException(UNSUPPORTED_TYPE, NEVER, message, null);
    }

    /** A sound request that the model cannot answer. */
    public static ApiException unanswerable(String message) {
        return new ApiException(UNANSWERABLE, NEVER, message, null);
    }

    /** One request too many. */
    public static ApiException tooMany(String message, int retrySeconds) {
        return new ApiException(TOO_MANY, retrySeconds, message, null);
    }

    /** A request that cannot be answered now but can be later. */
    public static ApiException unavailable(String message, int retrySeconds) {
        return new ApiException(UNAVAILABLE, retrySeconds, message, null);
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** Seconds after which the request may succeed. */
    public OptionalInt retrySeconds() {
        return retrySeconds == NEVER ? OptionalInt.empty() : OptionalInt.of(retrySeconds);
    }
}

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

    /** Error in the request (400); the message names the rule, the actual value and the fix. */
    public static ApiException badRequest(String message) {
        return new ApiException(BAD_REQUEST, NEVER, message, null);
    }

    /** Error in the request (400) that another exception detected. */
    public static ApiException badRequest(String message, Throwable cause) {
        return new ApiException(BAD_REQUEST, NEVER, message, cause);
    }

    /** Missing or wrong token (401). */
    public static ApiException unauthorized() {
        return new ApiException(
                UNAUTHORIZED, NEVER, "this server needs its token: send the header Authorization: Bearer TOKEN", null);
    }

    /** Request from an origin that is not allowed (403). */
    public static ApiException forbidden(String message) {
        return new ApiException(FORBIDDEN, NEVER, message, null);
    }

    /** Request for something that does not exist (404). */
    public static ApiException notFound(String message) {
        return new ApiException(NOT_FOUND, NEVER, message, null);
    }

    /** Body that did not arrive in time (408). */
    public static ApiException tooSlow(String message) {
        return new ApiException(TOO_SLOW, NEVER, message, null);
    }

    /** Body that is too large (413). */
    public static ApiException tooLarge(long maxBytes) {
        return new ApiException(
                TOO_LARGE,
                NEVER,
                "the body must be at most " + maxBytes
                        + " bytes, which is this server's --max-body; send a smaller image",
                null);
    }

    /** Body of a type that the route does not accept (415). */
    public static ApiException unsupportedType(String message) {
        return new ApiException(UNSUPPORTED_TYPE, NEVER, message, null);
    }

    /** Valid request that the model cannot answer (422). */
    public static ApiException unanswerable(String message) {
        return new ApiException(UNANSWERABLE, NEVER, message, null);
    }

    /** Request beyond the limit of waiting ones (429). */
    public static ApiException tooMany(String message, int retrySeconds) {
        return new ApiException(TOO_MANY, retrySeconds, message, null);
    }

    /** Request that cannot be answered now but may succeed later (503). */
    public static ApiException unavailable(String message, int retrySeconds) {
        return new ApiException(UNAVAILABLE, retrySeconds, message, null);
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** Seconds after which the request may succeed, if known. */
    public OptionalInt retrySeconds() {
        return retrySeconds == NEVER ? OptionalInt.empty() : OptionalInt.of(retrySeconds);
    }
}

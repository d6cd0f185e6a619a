package org.fovea.server.http;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.fovea.server.protocol.Access;
import org.fovea.server.request.ApiException;

/** The check of the token, in a time that says nothing about it. */
final class TokenCheck {
    private static final String SCHEME = "Bearer ";

    private final Optional<byte[]> digest;

    TokenCheck(Optional<String> token) {
        this.digest = token.map(TokenCheck::digest);
    }

    /**
     * Checks a request.
     *
     * @throws ApiException when it lacks the token
     */
    void check(Context ctx) {
        if (digest.isPresent() && !has(ctx.header("Authorization"))) {
            ctx.header("WWW-Authenticate", "Bearer");
            throw ApiException.unauthorized();
        }
    }

    /** Checks a request whose route exists. */
    void checkMatched(Context ctx) {
        if (!ctx.routeRoles().contains(Access.FREE)) {
            check(ctx);
        }
    }

    private boolean has(String header) {
        boolean bearer = header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        String given = bearer ? header.substring(SCHEME.length()).strip() : "";
        return MessageDigest.isEqual(digest.orElseThrow(), digest(given)); // of equal length, in constant time
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // cannot happen: every JDK has the algorithm
        }
    }
}

package org.fovea.server.http;

import io.javalin.http.Context;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.fovea.server.request.ApiException;
import org.fovea.server.request.Shown;

/**
 * The check that no page of another site uses the server through somebody's browser, be it by its address or, where the server listens
 * at this machine alone, by a name that the site lets point to it.
 *
 * @param hosts host names by which the server may be addressed; empty for any
 * @param origins origins of other web pages that may use it
 */
record OriginCheck(List<String> hosts, List<String> origins) {
    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]", "::1");

    static OriginCheck of(String listening, boolean guarded, List<String> origins) {
        boolean local = LOOPBACK.contains(listening) && !guarded;
        return new OriginCheck(local ? LOOPBACK : List.of(), origins);
    }

    /**
     * Checks a request.
     *
     * @throws ApiException when it comes from a page that is not allowed
     */
    void check(Context ctx) {
        String host = ctx.header("Host");
        if (!hosts.isEmpty() && host != null && !hosts.contains(name(host))) {
            throw ApiException.forbidden(
                    "this server listens at this machine alone and must be called by one of the names "
                            + hosts.subList(0, 3) + ", got " + Shown.of(host)
                            + "; set a --token to let others through");
        }
        String origin = ctx.header("Origin");
        if (origin != null && !isAllowed(origin, host)) {
            throw ApiException.forbidden("pages of other origins may not use this server, got one of "
                    + Shown.of(origin) + "; allow it with --cors");
        }
    }

    private boolean isAllowed(String origin, String host) {
        if (origins.contains("*") || origins.contains(origin)) {
            return true;
        }
        try {
            String authority = URI.create(origin).getAuthority();
            return authority != null && authority.equalsIgnoreCase(host);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String name(String host) {
        return host.replaceFirst(":[0-9]*$", "").toLowerCase(Locale.ROOT);
    }
}

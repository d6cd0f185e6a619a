package org.fovea.server.protocol;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.Map;

/**
 * A route of the server.
 *
 * @param path as Javalin and OpenAPI write it: {@code /v2/models/{model}}
 * @param operation its description, as OpenAPI's operation object
 */
public record Route(HandlerType method, String path, Access access, Handler handler, Map<String, Object> operation) {
    /** A route to read. */
    public static Route get(String path, Access access, Map<String, Object> operation, Handler handler) {
        return new Route(HandlerType.GET, path, access, handler, operation);
    }

    /** A route to compute. */
    public static Route post(String path, Map<String, Object> operation, Handler handler) {
        return new Route(HandlerType.POST, path, Access.TOKEN, handler, operation);
    }
}

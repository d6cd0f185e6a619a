package org.fovea.server.protocol;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.Map;

/**
 * A route of the server.
 *
 * @param path path in the notation of Javalin and OpenAPI: {@code /v2/models/{model}}
 * @param operation description of the route as an operation object of OpenAPI
 */
public record Route(HandlerType method, String path, Access access, Handler handler, Map<String, Object> operation) {
    /** Route of a GET request. */
    public static Route get(String path, Access access, Map<String, Object> operation, Handler handler) {
        return new Route(HandlerType.GET, path, access, handler, operation);
    }

    /** Route of a POST request, which computes and needs the token. */
    public static Route post(String path, Map<String, Object> operation, Handler handler) {
        return new Route(HandlerType.POST, path, Access.TOKEN, handler, operation);
    }
}

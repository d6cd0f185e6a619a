package org.fovea.server.protocol;

import io.javalin.security.RouteRole;

/** Those who may use a route. */
public enum Access implements RouteRole {
    /** Everyone may call the route. */
    FREE,
    /** Only clients with the token may call the route, if there is a token. */
    TOKEN
}

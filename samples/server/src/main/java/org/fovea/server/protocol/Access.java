package org.fovea.server.protocol;

import io.javalin.security.RouteRole;

/** Those who may use a route. */
public enum Access implements RouteRole {
    /** Everybody. */
    FREE,
    /** Those who have the token, where there is one. */
    TOKEN
}

package org.fovea.server.protocol;

import io.javalin.http.Context;

/** The other end of a request's connection. */
public final class Client {
    private Client() {}

    /** The client of a request. */
    public static Client of(Context ctx) {
        return new Client();
    }

    /** Returns whether it has hung up. */
    public boolean isGone() {
        return false;
    }
}

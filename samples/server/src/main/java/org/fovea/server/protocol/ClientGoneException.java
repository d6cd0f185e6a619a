package org.fovea.server.protocol;

/** The client of a request has hung up. */
public final class ClientGoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception; it has no message, since nobody reads it. */
    public ClientGoneException() {
        super("the client has hung up", null, false, false);
    }
}

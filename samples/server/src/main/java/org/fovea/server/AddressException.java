package org.fovea.server;

import org.fovea.core.FoveaException;

/** The address that a server was to listen at cannot be had. */
public final class AddressException extends FoveaException {
    private static final long serialVersionUID = 1L;

    AddressException(String host, int port, Throwable cause) {
        super(
                "FoveaServer: the address " + host + ", port " + port + " must be this machine's own and free, got \""
                        + cause.getMessage() + "\"; choose another with --port, 0 for any, or end the program there",
                cause);
    }
}

package org.fovea.cli.terminal;

import org.fovea.core.FoveaException;

/** Thrown when a command cannot do its work; the text says why and what to do, and is all that the user needs. */
public final class FailureException extends FoveaException {
    private static final long serialVersionUID = 1L;

    public FailureException(String message) {
        super(message);
    }

    public FailureException(String message, Throwable cause) {
        super(message, cause);
    }
}

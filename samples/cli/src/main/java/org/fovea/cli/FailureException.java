package org.fovea.cli;

import org.fovea.core.FoveaException;

/** A command cannot do its work; the text says why and what to do, and is all that the user needs. */
final class FailureException extends FoveaException {
    private static final long serialVersionUID = 1L;

    FailureException(String message) {
        super(message);
    }

    FailureException(String message, Throwable cause) {
        super(message, cause);
    }
}

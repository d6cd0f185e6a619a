package org.fovea.core;

/**
 * An error that a user can mend: its text says what is wrong, the rule, the actual value and the cure, so that it can be
 * shown as it is. Every other exception that this library throws is a caller's mistake or a fault of the library.
 */
public abstract class FoveaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with its complete message. */
    protected FoveaException(String message) {
        super(message);
    }

    /** Creates an exception with its complete message and its cause, which may be null. */
    protected FoveaException(String message, Throwable cause) {
        super(message, cause);
    }
}

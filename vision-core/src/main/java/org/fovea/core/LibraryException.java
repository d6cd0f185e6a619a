package org.fovea.core;

/** Thrown when a native library does not load on this host. */
public final class LibraryException extends FoveaException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with its complete message and its cause, which may be null. */
    public LibraryException(String message, Throwable cause) {
        super(message, cause);
    }
}

package org.fovea.core;

/** Thrown when a native library does not load on this host. */
public final class LibraryException extends FoveaException {
    private static final long serialVersionUID = 1L;

    /** An error with its whole text and its cause, or null. */
    public LibraryException(String message, Throwable cause) {
        super(message, cause);
    }
}

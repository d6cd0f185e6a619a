package org.fovea.cli.terminal;

/** Thrown when nobody reads the standard output any more, which is no fault, but a reason to stop. */
public final class ClosedPipeException extends RuntimeException {
    private static final long serialVersionUID = 1L;
}

package org.fovea.cli.terminal;

/** Nobody reads the standard output any more: no fault, but no reason to go on. */
public final class ClosedPipeException extends RuntimeException {
    private static final long serialVersionUID = 1L;
}

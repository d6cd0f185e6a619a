package org.fovea.cli;

import java.io.IOException;

/** Nobody reads the standard output any more: no fault, but no reason to go on. */
final class ClosedPipeException extends IOException {
    private static final long serialVersionUID = 1L;
}

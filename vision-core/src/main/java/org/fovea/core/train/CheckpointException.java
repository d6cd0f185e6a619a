package org.fovea.core.train;

import org.fovea.core.FoveaException;

/**
 * Thrown when a checkpoint could not be written, or would be written among those of another run; those written before are intact.
 */
public final class CheckpointException extends FoveaException {
    private static final long serialVersionUID = 1;

    CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}

package org.fovea.core.data;

import org.fovea.core.FoveaException;

/**
 * Thrown when a data set cannot be used as it is.
 *
 * <p>The text names the file or folder, the rule, the actual value and the cure, so that it can be shown to a user as it
 * is.
 */
public final class DataSetException extends FoveaException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with this message. */
    public DataSetException(String message) {
        super(message);
    }

    /** Creates an exception with this message and its cause. */
    public DataSetException(String message, Throwable cause) {
        super(message, cause);
    }
}

package org.fovea.core;

/**
 * Thrown when a file of a checkpoint is not what its format or the model demands.
 *
 * <p>The text names the file, the tensor or key, the rule, the actual value and the cure, so that it can be shown to a
 * user as it is.
 */
public final class ModelFormatException extends FoveaException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with its complete message. */
    public ModelFormatException(String message) {
        super(message);
    }

    /** Creates an exception with its complete message and its cause. */
    public ModelFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}

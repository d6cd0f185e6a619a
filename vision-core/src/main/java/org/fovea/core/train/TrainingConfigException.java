package org.fovea.core.train;

import org.fovea.core.FoveaException;

/** Thrown when a training configuration is wrong; the text says where, which rule, the actual value and what to do. */
public final class TrainingConfigException extends FoveaException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with this message. */
    public TrainingConfigException(String message) {
        super(message);
    }

    /** Creates an exception with this message and its cause. */
    public TrainingConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}

package org.fovea.core.train;

import org.fovea.core.FoveaException;

/** Thrown when a training configuration is wrong; the text says where, which rule, the actual value and what to do. */
public final class TrainingConfigException extends FoveaException {
    private static final long serialVersionUID = 1L;

    /** An exception with this text. */
    public TrainingConfigException(String message) {
        super(message);
    }

    /** An exception with this text, because of an error. */
    public TrainingConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}

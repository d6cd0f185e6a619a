package org.fovea.core.train;

import org.fovea.core.FoveaException;

/** A training configuration is wrong; the text says where, which rule, the actual value and what to do. */
public final class TrainingConfigException extends FoveaException {
    private static final long serialVersionUID = 1L;

    /** With this text. */
    public TrainingConfigException(String message) {
        super(message);
    }

    /** With this text, because of an error. */
    public TrainingConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}

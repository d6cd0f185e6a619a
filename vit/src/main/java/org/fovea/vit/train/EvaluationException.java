package org.fovea.vit.train;

import org.fovea.core.FoveaException;

/** A classifier cannot be evaluated on some data; the text says why and what to do. */
public final class EvaluationException extends FoveaException {
    private static final long serialVersionUID = 1L;

    EvaluationException(String message) {
        super(message);
    }
}

package org.fovea.cli.training;

import org.fovea.core.FoveaException;

/** A recipe is wrong; the text says where, which rule, the actual value and what to do. */
public final class RecipeException extends FoveaException {
    private static final long serialVersionUID = 1L;

    RecipeException(String message) {
        super(message);
    }

    RecipeException(String message, Throwable cause) {
        super(message, cause);
    }
}

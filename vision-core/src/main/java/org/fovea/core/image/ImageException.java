package org.fovea.core.image;

import org.fovea.core.FoveaException;

/** Thrown when an image cannot be read, or no result be had of it. */
public final class ImageException extends FoveaException {
    private static final long serialVersionUID = 1L;

    private final String source;
    private final String problem;

    /**
     * Creates an exception without a cause.
     *
     * @param source name of the image
     * @param problem rule, actual value and fix
     */
    public ImageException(String source, String problem) {
        this(source, problem, null);
    }

    /**
     * Creates an exception.
     *
     * @param source name of the image
     * @param problem rule, actual value and fix
     * @param cause cause; null for none
     */
    public ImageException(String source, String problem, Throwable cause) {
        super(source + ": " + problem, cause);
        this.source = source;
        this.problem = problem;
    }

    /** Name of the image: its path, or the name given by the caller. */
    public String source() {
        return source;
    }

    /** Message without the image's name. */
    public String problem() {
        return problem;
    }
}

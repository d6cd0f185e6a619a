package org.fovea.core.image;

import org.fovea.core.FoveaException;

/** Thrown when an image cannot be read, or no result be had of it. */
public final class ImageException extends FoveaException {
    private static final long serialVersionUID = 1L;

    private final String source;
    private final String problem;

    /**
     * An error without a cause.
     *
     * @param source the image's name
     * @param problem the rule, the actual value and the cure
     */
    public ImageException(String source, String problem) {
        this(source, problem, null);
    }

    /**
     * An error.
     *
     * @param source the image's name
     * @param problem the rule, the actual value and the cure
     * @param cause null for none
     */
    public ImageException(String source, String problem, Throwable cause) {
        super(source + ": " + problem, cause);
        this.source = source;
        this.problem = problem;
    }

    /** The image's name: its path, or what the caller called it. */
    public String source() {
        return source;
    }

    /** The text without the image's name. */
    public String problem() {
        return problem;
    }
}

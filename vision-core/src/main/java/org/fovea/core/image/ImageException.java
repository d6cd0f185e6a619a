package org.fovea.core.image;

/**
 * An image could not be read.
 *
 * <p>The text names the image, the rule it breaks, the actual value and the cure, so that it can be shown to a user as it
 * is.
 */
public final class ImageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String source;

    ImageException(String source, String problem) {
        this(source, problem, null);
    }

    ImageException(String source, String problem, Throwable cause) {
        super(source + ": " + problem, cause);
        this.source = source;
    }

    /** The image's name: its path, or what the caller called it. */
    public String source() {
        return source;
    }
}

package org.fovea.server.request;

/** A request about an image. */
public final class ImageRequest {
    private final byte[] image;
    private final Parameters parameters;

    /**
     * Creates a request.
     *
     * @param image encoded file, not copied; must not change
     */
    public ImageRequest(byte[] image, Parameters parameters) {
        this.image = image;
        this.parameters = parameters;
    }

    /** Encoded image file. */
    public byte[] image() {
        return image;
    }

    /** Options of the request, by name. */
    public Parameters parameters() {
        return parameters;
    }
}

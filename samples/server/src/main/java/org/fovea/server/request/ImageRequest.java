package org.fovea.server.request;

/** A request about an image. */
public final class ImageRequest {
    private final byte[] image;
    private final Parameters parameters;

    /**
     * A request.
     *
     * @param image the encoded file, not copied and not to be changed
     */
    public ImageRequest(byte[] image, Parameters parameters) {
        this.image = image;
        this.parameters = parameters;
    }

    /** The encoded file. */
    public byte[] image() {
        return image;
    }

    /** Options of the request, by name. */
    public Parameters parameters() {
        return parameters;
    }
}

package org.fovea.server.task;

import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.ImageException;
import org.fovea.core.image.RgbImage;
import org.fovea.server.request.ApiException;

/** Reads images of requests, as many at once as there are cores, which bounds the memory of decoded ones. Thread-safe. */
public final class ImageReader {
    private final ImageDecoder decoder;
    private final Semaphore slots;

    /**
     * A reader.
     *
     * @param decoder with the limit of pixels
     * @param atOnce images decoded at once at most
     */
    public ImageReader(ImageDecoder decoder, int atOnce) {
        this.decoder = decoder;
        this.slots = new Semaphore(atOnce, true);
    }

    /**
     * Decodes an image and prepares it for a model.
     *
     * @throws ApiException when it is no whole image within the limit, or cannot be prepared
     */
    public <T> T read(byte[] file, Function<RgbImage, T> prepare) {
        slots.acquireUninterruptibly();
        try {
            return prepare.apply(decoder.decode(file, "the image"));
        } catch (ImageException e) {
            throw ApiException.badRequest(e.getMessage(), e);
        } finally {
            slots.release();
        }
    }
}

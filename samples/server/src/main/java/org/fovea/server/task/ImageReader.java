package org.fovea.server.task;

import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.ImageException;
import org.fovea.core.image.RgbImage;
import org.fovea.server.request.ApiException;

/** Reads images of requests, as many at once as there are cores, which bounds the memory of decoded ones. Thread-safe. */
public final class ImageReader {
    /** Decoded images of more pixels are not kept while they wait. */
    private static final long KEPT_PIXELS = 4_000_000;

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
     * Decodes an image for a computation that needs all of it.
     *
     * @param check throws where the image does not suit the model
     * @return the image; a large one is decoded again, so that those that wait take no memory
     * @throws ApiException when it is no whole image within the limit, or does not suit
     */
    public Supplier<RgbImage> later(byte[] file, Consumer<RgbImage> check) {
        RgbImage image = read(file, one -> {
            check.accept(one);
            return (long) one.height() * one.width() > KEPT_PIXELS ? null : one;
        });
        return image == null ? () -> read(file, one -> one) : () -> image;
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
        } catch (IllegalArgumentException | ArithmeticException e) { // a side far longer than the other
            throw ApiException.badRequest("the image: it cannot be prepared for this model: " + e.getMessage(), e);
        } finally {
            slots.release();
        }
    }
}

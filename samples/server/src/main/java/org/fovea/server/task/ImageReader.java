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
    /** Largest number of pixels for which a decoded image is kept while it waits. */
    private static final long KEPT_PIXELS = 4_000_000;

    private final ImageDecoder decoder;
    private final Semaphore slots;

    /**
     * Creates a reader.
     *
     * @param decoder decoder with the limit of pixels
     * @param atOnce maximum number of images decoded concurrently
     */
    public ImageReader(ImageDecoder decoder, int atOnce) {
        this.decoder = decoder;
        this.slots = new Semaphore(atOnce, true);
    }

    /**
     * Decodes an image for a computation that needs all of it.
     *
     * @param check throws if the image does not fit the model
     * @return supplier of the image; it decodes a large one again, so that waiting images take no memory
     * @throws ApiException when it is not a complete image within the limit, or does not fit
     */
    public Supplier<RgbImage> later(byte[] file, Consumer<RgbImage> check) {
        RgbImage image = read(file, one -> {
            check.accept(one);
            return (long) one.height() * one.width() > KEPT_PIXELS ? null : one;
        });
        return image == null ? () -> read(file, one -> one) : () -> image;
    }

    /**
     * Decodes an image and preprocesses it for a model.
     *
     * @throws ApiException when it is not a complete image within the limit, or cannot be preprocessed
     */
    public <T> T read(byte[] file, Function<RgbImage, T> prepare) {
        slots.acquireUninterruptibly();
        try {
            return prepare.apply(decoder.decode(file, "the image"));
        } catch (ImageException e) {
            throw ApiException.badRequest(e.getMessage(), e);
        } catch (IllegalArgumentException | ArithmeticException e) { // such as an image that is far longer than wide
            throw ApiException.badRequest("the image: it cannot be prepared for this model: " + e.getMessage(), e);
        } finally {
            slots.release();
        }
    }
}

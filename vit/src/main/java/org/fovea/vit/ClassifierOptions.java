package org.fovea.vit;

import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.engine.Backends;
import org.fovea.core.hub.ModelLimits;

/**
 * Options of an {@link ImageClassifier}.
 *
 * @param backend backend that computes the model
 * @param precision of the computation
 * @param imagePixels side of the square that the image is resized to, a multiple of the model's patch, or {@link
 *     #CHECKPOINT_PIXELS}
 * @param batch images computed together when there are many, at least 1
 * @param topK maximum number of classes that a result lists, at least 1
 */
public record ClassifierOptions(Backend backend, Precision precision, int imagePixels, int batch, int topK) {
    /** Stands for the image size of the checkpoint's own preprocessing. */
    public static final int CHECKPOINT_PIXELS = 0;

    private static final int DEFAULT_BATCH = 8;
    private static final int DEFAULT_TOP_K = 5;

    /** Checks the numbers. */
    public ClassifierOptions {
        backend.reasonAgainst(precision).ifPresent(reason -> {
            throw new IllegalArgumentException("ClassifierOptions: " + reason);
        });
        if (imagePixels < 0 || imagePixels > ModelLimits.IMAGE_PIXELS) {
            throw new IllegalArgumentException("ClassifierOptions: imagePixels must lie in [0, "
                    + ModelLimits.IMAGE_PIXELS + "], got " + imagePixels);
        }
        if (batch < 1 || topK < 1) {
            throw new IllegalArgumentException(
                    "ClassifierOptions: batch and topK must be at least 1, got " + batch + " and " + topK);
        }
    }

    /**
     * Defaults: the fastest backend of this host, single precision, the checkpoint's image size, batches of 8, the best 5
     * classes.
     */
    public static ClassifierOptions defaults() {
        return new ClassifierOptions(
                Backends.automatic(), Precision.F32, CHECKPOINT_PIXELS, DEFAULT_BATCH, DEFAULT_TOP_K);
    }

    /** Copy with another backend. */
    public ClassifierOptions withBackend(Backend other) {
        return new ClassifierOptions(other, precision, imagePixels, batch, topK);
    }

    /** Copy with another precision. */
    public ClassifierOptions withPrecision(Precision other) {
        return new ClassifierOptions(backend, other, imagePixels, batch, topK);
    }

    /** Copy with another image size. */
    public ClassifierOptions withImagePixels(int pixels) {
        return new ClassifierOptions(backend, precision, pixels, batch, topK);
    }

    /** Copy with another batch size. */
    public ClassifierOptions withBatch(int images) {
        return new ClassifierOptions(backend, precision, imagePixels, images, topK);
    }

    /** Copy with another number of classes in a result. */
    public ClassifierOptions withTopK(int classes) {
        return new ClassifierOptions(backend, precision, imagePixels, batch, classes);
    }
}

package org.fovea.captioning;

import org.fovea.core.Check;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.engine.Backends;
import org.fovea.core.generate.DecoderWeights;

/**
 * Options of an {@link ImageCaptioner}.
 *
 * @param backend backend that computes the model
 * @param precision of the computation
 * @param decoderWeights number format of the weights that every decoding step reads
 * @param batch images computed together when there are many, at least 1
 */
public record CaptionerOptions(Backend backend, Precision precision, DecoderWeights decoderWeights, int batch) {
    private static final int DEFAULT_BATCH = 8;

    /** Checks the choices. */
    public CaptionerOptions {
        backend.reasonAgainst(precision)
                .or(() -> backend.reasonAgainst(decoderWeights.steps(precision)))
                .ifPresent(reason -> {
                    throw new IllegalArgumentException("CaptionerOptions: " + reason);
                });
        Check.positive("CaptionerOptions: batch", batch);
    }

    /** Options with the decoder's weights in the precision of the computation. */
    public CaptionerOptions(Backend backend, Precision precision, int batch) {
        this(backend, precision, DecoderWeights.SAME, batch);
    }

    /** Defaults: the fastest backend of this host, single precision, batches of 8. */
    public static CaptionerOptions defaults() {
        return new CaptionerOptions(Backends.automatic(), Precision.F32, DecoderWeights.SAME, DEFAULT_BATCH);
    }

    /** Copy with another backend. */
    public CaptionerOptions withBackend(Backend other) {
        return new CaptionerOptions(other, precision, decoderWeights, batch);
    }

    /** Copy with another precision. */
    public CaptionerOptions withPrecision(Precision other) {
        return new CaptionerOptions(backend, other, decoderWeights, batch);
    }

    /** Copy with another number format of the decoder's weights. */
    public CaptionerOptions withDecoderWeights(DecoderWeights weights) {
        return new CaptionerOptions(backend, precision, weights, batch);
    }

    /** Copy with another batch size. */
    public CaptionerOptions withBatch(int images) {
        return new CaptionerOptions(backend, precision, decoderWeights, images);
    }
}

package org.fovea.vqa;

import org.fovea.core.Check;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.engine.Backends;

/**
 * Options of a {@link VisualAnswerer}.
 *
 * @param backend backend that computes the model
 * @param precision of the computation
 * @param batch images or questions computed together when there are many, at least 1
 */
public record AnswererOptions(Backend backend, Precision precision, int batch) {
    private static final int DEFAULT_BATCH = 8;

    /** Checks the choices. */
    public AnswererOptions {
        backend.reasonAgainst(precision).ifPresent(reason -> {
            throw new IllegalArgumentException("AnswererOptions: " + reason);
        });
        Check.positive("AnswererOptions: batch", batch);
    }

    /** Defaults: the fastest backend of this host, single precision, batches of 8. */
    public static AnswererOptions defaults() {
        return new AnswererOptions(Backends.automatic(), Precision.F32, DEFAULT_BATCH);
    }

    /** Copy with another backend. */
    public AnswererOptions withBackend(Backend other) {
        return new AnswererOptions(other, precision, batch);
    }

    /** Copy with another precision. */
    public AnswererOptions withPrecision(Precision other) {
        return new AnswererOptions(backend, other, batch);
    }

    /** Copy with another batch size. */
    public AnswererOptions withBatch(int count) {
        return new AnswererOptions(backend, precision, count);
    }
}

package org.fovea.segmentation;

import org.fovea.core.Check;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.engine.Backends;

/**
 * Options of a {@link PromptSegmenter}.
 *
 * @param backend backend that computes the model
 * @param precision of the computation
 * @param batch prompts decoded together when there are many, at least 1
 */
public record PromptSegmenterOptions(Backend backend, Precision precision, int batch) {
    private static final int DEFAULT_BATCH = 8;

    /** Checks the choices. */
    public PromptSegmenterOptions {
        backend.reasonAgainst(precision).ifPresent(reason -> {
            throw new IllegalArgumentException("PromptSegmenterOptions: " + reason);
        });
        Check.positive("PromptSegmenterOptions: batch", batch);
    }

    /** Defaults: the fastest backend of this host, single precision, batches of 8. */
    public static PromptSegmenterOptions defaults() {
        return new PromptSegmenterOptions(Backends.automatic(), Precision.F32, DEFAULT_BATCH);
    }

    /** Copy with another backend. */
    public PromptSegmenterOptions withBackend(Backend other) {
        return new PromptSegmenterOptions(other, precision, batch);
    }

    /** Copy with another precision. */
    public PromptSegmenterOptions withPrecision(Precision other) {
        return new PromptSegmenterOptions(backend, other, batch);
    }

    /** Copy with another batch size. */
    public PromptSegmenterOptions withBatch(int prompts) {
        return new PromptSegmenterOptions(backend, precision, prompts);
    }
}

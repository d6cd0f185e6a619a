package org.fovea.segmentation;

import org.fovea.core.Check;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.engine.Backends;

/**
 * Options of a {@link PromptSegmenter}.
 *
 * @param backend that computes
 * @param precision of the computation
 * @param batch prompts decoded at once when there are many, at least 1
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

    /** The fastest backend of this host, single precision, batches of 8. */
    public static PromptSegmenterOptions defaults() {
        return new PromptSegmenterOptions(Backends.automatic(), Precision.F32, DEFAULT_BATCH);
    }

    /** These options on another backend. */
    public PromptSegmenterOptions withBackend(Backend other) {
        return new PromptSegmenterOptions(other, precision, batch);
    }

    /** These options in another precision. */
    public PromptSegmenterOptions withPrecision(Precision other) {
        return new PromptSegmenterOptions(backend, other, batch);
    }

    /** These options with another batch. */
    public PromptSegmenterOptions withBatch(int prompts) {
        return new PromptSegmenterOptions(backend, precision, prompts);
    }
}

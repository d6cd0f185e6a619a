package org.fovea.core.testing;

import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.fovea.core.backend.Precision;
import org.fovea.core.backend.onednn.OneDnnBackend;

/** Tests for which the processor must be of a kind are skipped elsewhere, with a reason. */
public final class Hardware {
    private static final OneDnnBackend BACKEND = OneDnnBackend.create();

    private Hardware() {}

    /** Skips the test on a processor without bfloat16 products. */
    public static void assumeBfloat16() {
        assumeTrue(BACKEND.supports(Precision.BF16), "no bfloat16 products with oneDNN on " + BACKEND.instructionSet());
    }

    /** Skips the test, which is of the refusal, on a processor with bfloat16 products. */
    public static void assumeNoBfloat16() {
        assumeFalse(BACKEND.supports(Precision.BF16), "bfloat16 products with oneDNN on " + BACKEND.instructionSet());
    }
}

package org.fovea.core.attention;

import org.fovea.core.graph.Value;

/** The check that mechanisms over clips share. */
final class Frames {
    private Frames() {}

    /** Checks frames of tokens, [B, T, N, C], and returns their sizes. */
    static int[] check(String block, Value x) {
        if (x.shape().rank() != 4) {
            throw new IllegalArgumentException(
                    block + ": x must be [B, T, N, C], T frames of N tokens, got " + x.shape());
        }
        return x.shape().toArray();
    }
}

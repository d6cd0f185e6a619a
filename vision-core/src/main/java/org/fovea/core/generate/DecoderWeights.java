package org.fovea.core.generate;

import java.util.Locale;
import org.fovea.core.backend.Precision;

/**
 * Numbers that hold the weights of decoding steps. Each step reads all of them for a few rows, so that the memory's bandwidth
 * is its limit.
 */
public enum DecoderWeights {
    /** Number format of the precision: 32, 16 or 8 bits. */
    SAME,
    /** 8-bit integers, scaled per output channel; activations and the encoder keep their precision. */
    INT8;

    /** Precision of the programs of decoding steps, for a given precision of the other programs. */
    public Precision steps(Precision precision) {
        return this == INT8 || precision == Precision.INT8 ? precision.withInt8Weights() : precision;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

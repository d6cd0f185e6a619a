package org.fovea.core.backend;

/** Width of the numbers of a program. Inputs and results are float32 (F64: float64) whatever the precision. */
public enum Precision {
    /** Double precision throughout; for checks. */
    F64,
    /** Single precision throughout. */
    F32,
    /** Matrix products and convolutions with bfloat16 operands and single-precision sums; the rest in single precision. */
    BF16,
    /**
     * Linear maps on 8-bit integers, with activations quantized dynamically and weights per output channel; the rest as BF16
     * where that is supported.
     */
    INT8,
    /**
     * As F32, with the weights of linear maps as 8-bit integers scaled per output channel, and activations in 16 bits: for
     * programs that read all weights for few rows, as decoding does.
     */
    F32_INT8_WEIGHTS,
    /** As {@link #F32_INT8_WEIGHTS}, with the rest as BF16 where that is supported. */
    BF16_INT8_WEIGHTS;

    /** Returns whether programs can be trained in this precision. */
    public boolean trains() {
        return switch (this) {
            case F64, F32, BF16 -> true;
            case INT8, F32_INT8_WEIGHTS, BF16_INT8_WEIGHTS -> false;
        };
    }

    /**
     * This precision with 8-bit weights; its programs can continue from the states of programs in this precision.
     *
     * @throws IllegalArgumentException for F64, which is for checks
     */
    public Precision withInt8Weights() {
        return switch (this) {
            case F32, F32_INT8_WEIGHTS -> F32_INT8_WEIGHTS;
            case BF16, INT8, BF16_INT8_WEIGHTS -> BF16_INT8_WEIGHTS;
            case F64 ->
                throw new IllegalArgumentException("8-bit weights need the precision F32, BF16 or INT8, got F64");
        };
    }

    /** Returns whether only weights are 8-bit integers. */
    public boolean hasInt8Weights() {
        return this == F32_INT8_WEIGHTS || this == BF16_INT8_WEIGHTS;
    }
}

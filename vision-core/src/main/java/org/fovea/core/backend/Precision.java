package org.fovea.core.backend;

/** Width of the numbers of a program. Inputs and results are float32 (F64: float64) whatever the precision. */
public enum Precision {
    /** Double everywhere; for checks. */
    F64,
    /** Single everywhere. */
    F32,
    /** Matrix products and convolutions on bfloat16 operands with single sums; the rest single. */
    BF16,
    /** Linear maps on 8-bit integers, activations scaled as they come, weights per output channel; the rest as BF16 where that is supported. */
    INT8
}

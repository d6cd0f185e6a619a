package org.fovea.core.graph;

/** The three functions in use under the name GELU (Hendrycks and Gimpel, arXiv 1606.08415). */
public enum GeluKind {
    /** Exact form, x·Φ(x) = x/2·(1 + erf(x/√2)). */
    EXACT,
    /** Tanh approximation, x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³))); {@code gelu_new} on the hub. */
    TANH,
    /** Sigmoid approximation, x·σ(1.702·x); {@code quick_gelu} on the hub. */
    QUICK
}

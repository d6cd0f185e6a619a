package org.fovea.core.graph;

/** Precision in which a {@link State} is kept. */
public enum StateKind {
    /** Stored like real numbers between operations: float32, or float64 in a program of that precision. */
    EXACT,
    /** Stored in the type that products read: bfloat16 in a program whose products use that, else as {@link #EXACT}. */
    CACHE
}

package org.fovea.core.graph;

/** Precision in which a {@link State} is kept. */
public enum StateKind {
    /** As the program keeps real numbers between operations: float32, or float64 in a program of that precision. */
    EXACT,
    /** As products read it: bfloat16 in a program whose products read that, else as {@link #EXACT}. */
    CACHE
}

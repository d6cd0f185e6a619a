package org.fovea.core.graph;

/** Kind of a value's elements; the width of real numbers is chosen when a graph is compiled. */
public enum ElementKind {
    /** Real numbers, in the precision of the program. */
    REAL,
    /** Integers that count or select: int32 at run time. */
    INDEX
}

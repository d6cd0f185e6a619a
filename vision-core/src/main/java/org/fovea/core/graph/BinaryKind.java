package org.fovea.core.graph;

/** The functions of two real numbers. */
public enum BinaryKind {
    /** a + b. */
    ADD,
    /** a - b. */
    SUBTRACT,
    /** a·b. */
    MULTIPLY,
    /** a/b. */
    DIVIDE,
    /** Larger value; the derivative goes to a where they are equal. */
    MAXIMUM,
    /** Smaller value; the derivative goes to a where they are equal. */
    MINIMUM,
    /** 1 where a &gt; b, else 0; derivative 0. */
    GREATER,
    /** 1 where a = b, else 0; derivative 0. */
    EQUAL
}

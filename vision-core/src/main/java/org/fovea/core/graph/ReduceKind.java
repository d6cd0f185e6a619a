package org.fovea.core.graph;

/** Function by which a {@link Reduce} joins elements. */
public enum ReduceKind {
    /** Σ x. */
    SUM,
    /** Σ x / n. */
    MEAN,
    /** The largest; equal ones share the derivative. */
    MAX
}

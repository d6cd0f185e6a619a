package org.fovea.core.graph;

/** Function by which a {@link Reduce} joins elements. */
public enum ReduceKind {
    /** Sum. */
    SUM,
    /** Mean. */
    MEAN,
    /** Maximum; equal elements share the derivative. */
    MAX
}

package org.fovea.core.graph;

/** Function by which a {@link Pool2d} joins the pixels under its window. */
public enum PoolKind {
    /** Maximum; padding never wins, and the derivative goes to the first of equal elements in row-major order. */
    MAX,
    /** Mean over the window's pixels within the image, without padding. */
    AVERAGE
}

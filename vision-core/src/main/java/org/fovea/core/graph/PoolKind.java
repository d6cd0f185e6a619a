package org.fovea.core.graph;

/** Function by which a {@link Pool2d} joins the pixels under its window. */
public enum PoolKind {
    /** The largest; padding never wins; the derivative goes to the first of equal ones in row-major order. */
    MAX,
    /** The mean over the pixels of the image under the window, padding not counted. */
    AVERAGE
}

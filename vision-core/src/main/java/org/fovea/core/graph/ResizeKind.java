package org.fovea.core.graph;

/** Interpolation of a {@link Resize2d} between pixels. */
public enum ResizeKind {
    /** The pixel whose area covers the point: floor(i·in/out). */
    NEAREST,
    /** Linear between the two nearest pixels of each axis. */
    BILINEAR,
    /** Keys' cubic with a = -0.75 over the four nearest pixels of each axis, as PyTorch has it. */
    BICUBIC
}

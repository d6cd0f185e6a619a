package org.fovea.core.graph;

/** Interpolation of a {@link Resize2d} between pixels. */
public enum ResizeKind {
    /** Nearest pixel: the one whose area contains the point, floor(i·in/out). */
    NEAREST,
    /** Linear interpolation between the two nearest pixels of each axis. */
    BILINEAR,
    /** Cubic interpolation (Keys) with a = -0.75 over the four nearest pixels of each axis, as in PyTorch. */
    BICUBIC
}

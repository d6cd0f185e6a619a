package org.fovea.core.nn;

import org.fovea.core.graph.Resize2d;
import org.fovea.core.graph.ResizeKind;
import org.fovea.core.graph.ResizeMatrix;

/** Methods by which the reference implementations bring learned position embeddings to another grid. */
public enum PositionResize {
    /** Bicubic (Keys) with a = -0.75: Hugging Face's ViT, DeiT and DINOv2. */
    BICUBIC(ResizeKind.BICUBIC, false),
    /** Bicubic with a = -0.5 whose kernel widens when the grid shrinks: timm, and DINOv2 with registers. */
    BICUBIC_ANTIALIAS(ResizeKind.BICUBIC, true),
    /** Bilinear: relative positions of Hugging Face's BEiT. */
    BILINEAR(ResizeKind.BILINEAR, false);

    private final ResizeKind kind;
    private final boolean antialias;

    PositionResize(ResizeKind kind, boolean antialias) {
        this.kind = kind;
        this.antialias = antialias;
    }

    /** Weights of one axis, {@code [to][from]}. */
    double[][] matrix(int from, int to) {
        return ResizeMatrix.of(new Resize2d(kind, to, to, false, antialias), from, to);
    }
}

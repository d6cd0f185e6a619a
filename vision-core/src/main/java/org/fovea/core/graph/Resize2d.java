package org.fovea.core.graph;

import java.util.List;
import org.fovea.core.tensor.Shape;

/**
 * Resizes images as PyTorch's {@code interpolate}: y = R_h·x·R_wᵀ per channel, with the rows of
 * {@link ResizeMatrix} (operand: x {@code [B, C, H, W]}).
 *
 * @param alignCorners whether the centers of the corner pixels coincide, rather than their outer edges; not for NEAREST
 * @param antialias whether the kernel widens when shrinking, as in Pillow; only for BILINEAR and BICUBIC (with a = -0.5)
 */
public record Resize2d(ResizeKind kind, int height, int width, boolean alignCorners, boolean antialias) implements Op {
    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Rules.reals(this, 1, 1, operands);
        Shape x = Rules.shape(operands, 0);
        Rules.require(
                x.rank() == 4 && x.dim(2) >= 1 && x.dim(3) >= 1 && height >= 1 && width >= 1,
                this,
                "x must be [B, C, H, W] and all sizes at least 1",
                operands);
        Rules.require(
                kind != ResizeKind.NEAREST || !(alignCorners || antialias),
                this,
                "NEAREST takes neither alignCorners nor antialias",
                operands);
        Rules.require(!(alignCorners && antialias), this, "antialias does not go with alignCorners", operands);
        return Rules.real(Shape.of(x.dim(0), x.dim(1), height, width));
    }

    @Override
    public void gradient(Backprop at) {
        Shape x = at.input(0).shape();
        at.add(0, at.dy().graph().apply(new Resize2dGradient(this, x.dim(2), x.dim(3)), at.dy()));
    }
}

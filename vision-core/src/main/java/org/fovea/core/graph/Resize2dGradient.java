package org.fovea.core.graph;

import java.util.List;
import org.fovea.core.tensor.Shape;

/** The transpose of {@link Resize2d}: dx = R_hᵀ·dy·R_w (operand: dy), {@code height} and {@code width} being those of x. */
public record Resize2dGradient(Resize2d forward, int height, int width) implements Op {
    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Rules.reals(this, 1, 1, operands);
        Shape dy = Rules.shape(operands, 0);
        Rules.require(
                dy.rank() == 4 && dy.dim(2) == forward.height() && dy.dim(3) == forward.width(),
                this,
                "dy must have the shape of y",
                operands);
        return Rules.real(Shape.of(dy.dim(0), dy.dim(1), height, width));
    }

    @Override
    public void gradient(Backprop at) {
        at.add(0, at.dy().graph().apply(forward, at.dy()));
    }
}

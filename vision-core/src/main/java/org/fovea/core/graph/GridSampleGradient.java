package org.fovea.core.graph;

import java.util.List;
import org.fovea.core.tensor.Shape;

/** The derivatives dx and dgrid of {@link GridSample} (operands: x, grid, dy). */
public record GridSampleGradient(GridPadding padding, boolean alignCorners) implements Op {
    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Rules.reals(this, 3, 3, operands);
        Shape x = Rules.shape(operands, 0);
        Shape grid = Rules.shape(operands, 1);
        GridSample.check(this, x, grid, operands);
        Rules.require(
                Rules.shape(operands, 2).equals(Shape.of(x.dim(0), x.dim(1), grid.dim(1), grid.dim(2))),
                this,
                "dy must have the shape of y",
                operands);
        return List.of(operands.get(0), operands.get(1));
    }

    @Override
    public void gradient(Backprop at) {
        Rules.noSecondOrder(this);
    }
}

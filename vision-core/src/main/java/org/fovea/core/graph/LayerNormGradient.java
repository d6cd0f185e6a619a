package org.fovea.core.graph;

import java.util.List;
import org.fovea.core.tensor.Shape;

/** The derivatives dx, dγ, dβ of {@link LayerNorm} (operands: x, γ, dy). */
public record LayerNormGradient(double epsilon) implements Op {
    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Rules.reals(this, 3, 3, operands);
        Rules.require(operands.get(0).equals(operands.get(2)), this, "x and dy must have one shape", operands);
        Rules.require(
                Rules.shape(operands, 0).rank() >= 1
                        && Rules.shape(operands, 1)
                                .equals(Shape.of(Rules.shape(operands, 0).dim(-1))),
                this,
                "γ must have one number per channel",
                operands);
        return List.of(operands.get(0), operands.get(1), operands.get(1));
    }

    @Override
    public void gradient(Backprop at) {
        Rules.noSecondOrder(this);
    }
}

package org.fovea.core.graph;

import java.util.List;
import org.fovea.core.tensor.Shape;

/** The derivatives dx, dγ, dβ of {@link BatchNorm} (operands: x, γ, μ, σ², dy). */
public record BatchNormGradient(double epsilon) implements Op {
    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Rules.reals(this, 5, 5, operands);
        Rules.require(operands.get(0).equals(operands.get(4)), this, "x and dy must have one shape", operands);
        Rules.require(Rules.shape(operands, 0).rank() >= 2, this, "x needs 2 axes or more", operands);
        ValueType channels = ValueType.real(Shape.of(Rules.shape(operands, 0).dim(1)));
        Rules.require(
                operands.subList(1, 4).stream().allMatch(channels::equals),
                this,
                "γ, μ and σ² must have one number per channel",
                operands);
        return List.of(operands.get(0), operands.get(1), operands.get(1));
    }

    @Override
    public void gradient(Backprop at) {
        Rules.noSecondOrder(this);
    }
}

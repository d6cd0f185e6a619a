package org.fovea.core.graph;

import java.util.List;

/** The derivatives dx, dγ, dβ of {@link BatchNorm} (operands: x, γ, μ, σ², dy). */
public record BatchNormGradient(double epsilon) implements Op {
    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Rules.reals(this, 5, 5, operands);
        Rules.require(operands.get(0).equals(operands.get(4)), this, "x and dy must have one shape", operands);
        return List.of(operands.get(0), operands.get(1), operands.get(1));
    }

    @Override
    public void gradient(Backprop at) {
        Rules.noSecondOrder(this);
    }
}

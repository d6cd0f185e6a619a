package org.fovea.core.graph;

import java.util.List;

/** The derivatives dx, dγ, dβ of {@link LayerNorm} (operands: x, γ, dy). */
public record LayerNormGradient(double epsilon) implements Op {
    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Rules.reals(this, 3, 3, operands);
        Rules.require(operands.get(0).equals(operands.get(2)), this, "x and dy must have one shape", operands);
        return List.of(operands.get(0), operands.get(1), operands.get(1));
    }

    @Override
    public void gradient(Backprop at) {
        Rules.noSecondOrder(this);
    }
}

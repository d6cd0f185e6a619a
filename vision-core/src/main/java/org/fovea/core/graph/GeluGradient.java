package org.fovea.core.graph;

import java.util.List;

/** dx = dy·GELU'(x) (operands: x, dy of one shape). */
public record GeluGradient(GeluKind kind) implements Op {
    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Rules.reals(this, 2, 2, operands);
        Rules.require(operands.get(0).equals(operands.get(1)), this, "x and dy must have one shape", operands);
        return List.of(operands.get(0));
    }

    @Override
    public void gradient(Backprop at) {
        Rules.noSecondOrder(this);
    }
}

package org.fovea.core.graph;

import java.util.List;

/** dx = y·(dy - Σ y·dy) along an axis (operands: y = softmax(x), dy). */
public record SoftmaxGradient(int axis) implements Op {
    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Rules.reals(this, 2, 2, operands);
        Rules.require(operands.get(0).equals(operands.get(1)), this, "y and dy must have one shape", operands);
        Rules.require(axis >= 0 && axis < Rules.shape(operands, 0).rank(), this, "axis must be one of y", operands);
        return List.of(operands.get(0));
    }

    @Override
    public void gradient(Backprop at) {
        Rules.noSecondOrder(this);
    }
}

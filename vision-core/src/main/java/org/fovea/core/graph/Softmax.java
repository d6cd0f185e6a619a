package org.fovea.core.graph;

import java.util.List;

/** y = e^x / Σ e^x along an axis, without overflow; a row of -∞ alone gives zeros, not NaN. */
public record Softmax(int axis) implements Op {
    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Rules.reals(this, 1, 1, operands);
        Rules.require(axis >= 0 && axis < Rules.shape(operands, 0).rank(), this, "axis must be one of x", operands);
        return operands;
    }

    @Override
    public void gradient(Backprop at) {
        at.add(0, at.input(0).graph().apply(new SoftmaxGradient(axis), at.output(0), at.dy()));
    }
}

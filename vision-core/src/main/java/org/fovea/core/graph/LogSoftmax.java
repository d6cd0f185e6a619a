package org.fovea.core.graph;

import java.util.List;

/** y = x - log Σ e^x along an axis, without overflow. */
public record LogSoftmax(int axis) implements Op {
    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Rules.reals(this, 1, 1, operands);
        Rules.require(axis >= 0 && axis < Rules.shape(operands, 0).rank(), this, "axis must be one of x", operands);
        return operands;
    }

    @Override
    public void gradient(Backprop at) {
        Value share = at.output(0).exp().multiply(at.dy().sum(true, axis));
        at.add(0, at.dy().subtract(share));
    }
}

package org.fovea.core.graph;

import java.util.List;
import org.fovea.core.tensor.Shape;

/** The part of x from {@code begin} (included) to {@code end} (excluded) along one axis. */
public record Slice(int axis, int begin, int end) implements Op {
    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Rules.require(operands.size() == 1, this, "takes 1 operand", operands);
        Shape x = Rules.shape(operands, 0);
        Rules.require(axis >= 0 && axis < x.rank(), this, "axis must be one of x", operands);
        Rules.require(
                0 <= begin && begin <= end && end <= x.dim(axis),
                this,
                "0 <= begin <= end <= size must hold",
                operands);
        return List.of(new ValueType(x.with(axis, end - begin), operands.get(0).kind()));
    }

    @Override
    public void gradient(Backprop at) {
        at.add(0, at.dy().pad(axis, begin, at.input(0).shape().dim(axis) - end));
    }
}

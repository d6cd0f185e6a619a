package org.fovea.core.graph;

import java.util.List;
import org.fovea.core.tensor.Shape;

/** x with {@code before} and {@code after} zeros at the two ends of one axis. */
public record Pad(int axis, int before, int after) implements Op {
    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Rules.reals(this, 1, 1, operands);
        Shape x = Rules.shape(operands, 0);
        Rules.require(axis >= 0 && axis < x.rank(), this, "axis must be one of x", operands);
        Rules.require(before >= 0 && after >= 0, this, "counts must be at least 0", operands);
        return Rules.real(x.with(axis, before + x.dim(axis) + after));
    }

    @Override
    public void gradient(Backprop at) {
        at.add(0, at.dy().slice(axis, before, before + at.input(0).shape().dim(axis)));
    }
}

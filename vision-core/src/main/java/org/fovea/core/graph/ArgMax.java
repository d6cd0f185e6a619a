package org.fovea.core.graph;

import java.util.List;
import org.fovea.core.tensor.Shape;

/** The index of the largest element along an axis, the first where several are equal; the axis disappears. */
public record ArgMax(int axis) implements Op {
    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Rules.reals(this, 1, 1, operands);
        Shape x = Rules.shape(operands, 0);
        Rules.require(
                axis >= 0 && axis < x.rank() && x.dim(axis) > 0, this, "axis must be one of x, not empty", operands);
        return List.of(ValueType.index(Rules.concat(Rules.range(x, 0, axis), Rules.range(x, axis + 1, x.rank()))));
    }

    @Override
    public void gradient(Backprop at) {}
}

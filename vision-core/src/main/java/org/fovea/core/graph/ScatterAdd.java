package org.fovea.core.graph;

import java.util.List;
import org.fovea.core.tensor.Shape;

/**
 * The transpose of {@link Gather}: y is 0 of {@code size} along the axis, then y[p..., index[i...], q...] += u[p...,
 * i..., q...] for every i, repeated indices adding up (operands: u, index).
 */
public record ScatterAdd(int axis, int size) implements Op {
    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Rules.require(operands.size() == 2, this, "takes 2 operands", operands);
        Rules.require(operands.get(0).kind() == ElementKind.REAL, this, "u must be real numbers", operands);
        Rules.require(operands.get(1).kind() == ElementKind.INDEX, this, "index must be indices", operands);
        Shape u = Rules.shape(operands, 0);
        Shape index = Rules.shape(operands, 1);
        int after = axis + index.rank();
        Rules.require(
                axis >= 0
                        && after <= u.rank()
                        && Shape.of(Rules.range(u, axis, after)).equals(index),
                this,
                "u must have the index's axes from the axis on",
                operands);
        return Rules.real(Rules.concat(Rules.range(u, 0, axis), new int[] {size}, Rules.range(u, after, u.rank())));
    }

    @Override
    public void gradient(Backprop at) {
        at.add(0, at.dy().gather(axis, at.input(1)));
    }
}

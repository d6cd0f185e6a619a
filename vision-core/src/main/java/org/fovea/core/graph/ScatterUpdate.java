package org.fovea.core.graph;

import java.util.List;
import org.fovea.core.tensor.Shape;

/**
 * Replaces slices by index along an axis: y is x, then y[p..., index[i...], q...] = u[p..., i..., q...] for every i; of
 * repeated indices the last one counts (operands: x, index, u).
 *
 * <p>An index outside the axis is an error at run time. As the update of a {@link State} that nothing else reads it is done
 * in place, at the cost of u alone: the way to append to a cache. It has no derivative.
 */
public record ScatterUpdate(int axis) implements Op {
    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Rules.require(operands.size() == 3, this, "takes 3 operands", operands);
        Rules.require(operands.get(1).kind() == ElementKind.INDEX, this, "index must be indices", operands);
        Rules.reals(this, 2, 2, List.of(operands.get(0), operands.get(2)));
        Shape x = Rules.shape(operands, 0);
        Rules.require(axis >= 0 && axis < x.rank(), this, "axis must be one of x", operands);
        Shape slices = Rules.concat(
                Rules.range(x, 0, axis), Rules.shape(operands, 1).toArray(), Rules.range(x, axis + 1, x.rank()));
        Rules.require(
                slices.equals(Rules.shape(operands, 2)),
                this,
                "u must have the axes of x, those of the index in place of the axis",
                operands);
        return Rules.real(x);
    }

    @Override
    public void gradient(Backprop at) {
        throw new UnsupportedOperationException(
                this + ": has no derivative, for it writes states; put the parts together with concat to train");
    }
}

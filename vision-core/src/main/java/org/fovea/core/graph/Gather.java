package org.fovea.core.graph;

import java.util.List;
import org.fovea.core.tensor.Shape;

/**
 * Picks slices by index along an axis: y[p..., i..., q...] = x[p..., index[i...], q...] (operands: x, index).
 *
 * <p>An index outside the axis is an error at run time.
 */
public record Gather(int axis) implements Op {
    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Rules.require(operands.size() == 2, this, "takes 2 operands", operands);
        Rules.require(operands.get(0).kind() == ElementKind.REAL, this, "x must be real numbers", operands);
        Rules.require(operands.get(1).kind() == ElementKind.INDEX, this, "index must be indices", operands);
        Shape x = Rules.shape(operands, 0);
        Rules.require(axis >= 0 && axis < x.rank(), this, "axis must be one of x", operands);
        return Rules.real(Rules.concat(
                Rules.range(x, 0, axis), Rules.shape(operands, 1).toArray(), Rules.range(x, axis + 1, x.rank())));
    }

    @Override
    public void gradient(Backprop at) {
        Value x = at.input(0);
        at.add(0, x.graph().apply(new ScatterAdd(axis, x.shape().dim(axis)), at.dy(), at.input(1)));
    }
}

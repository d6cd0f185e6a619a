package org.fovea.core.graph;

import java.util.List;
import org.fovea.core.tensor.Shape;

/** x repeated to a larger shape under NumPy's broadcasting rule. */
public record Broadcast(Shape shape) implements Op {
    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Rules.reals(this, 1, 1, operands);
        Rules.require(
                Rules.broadcast(this, Rules.shape(operands, 0), shape, operands).equals(shape),
                this,
                "x must broadcast to the shape",
                operands);
        return Rules.real(shape);
    }

    @Override
    public void gradient(Backprop at) {
        at.add(0, Rules.unbroadcast(at.dy(), at.input(0).shape()));
    }
}

package org.fovea.core.graph;

import java.util.List;
import org.fovea.core.tensor.Shape;

/** The same elements in row-major order under another shape. */
public record Reshape(Shape shape) implements Op {
    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Rules.require(operands.size() == 1, this, "takes 1 operand", operands);
        Rules.require(Rules.shape(operands, 0).size() == shape.size(), this, "the element count must stay", operands);
        return List.of(new ValueType(shape, operands.get(0).kind()));
    }

    @Override
    public void gradient(Backprop at) {
        at.add(0, at.dy().reshape(at.input(0).shape().toArray()));
    }
}

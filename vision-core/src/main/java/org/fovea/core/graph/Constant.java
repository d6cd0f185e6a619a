package org.fovea.core.graph;

import java.util.List;
import org.fovea.core.tensor.Tensor;

/** A value fixed in the graph: y = {@code tensor}; a float type gives real numbers, an integer type indices. */
public record Constant(Tensor tensor) implements Op {
    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        return List.of(new ValueType(tensor.shape(), tensor.dtype().isFloat() ? ElementKind.REAL : ElementKind.INDEX));
    }

    @Override
    public void gradient(Backprop at) {}
}

package org.fovea.core.graph;

import java.util.List;
import org.fovea.core.tensor.Shape;

/** A weight, bound when the graph is compiled: y = the parameter named {@code name}. */
public record Parameter(String name, Shape shape) implements Op {
    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        return Rules.real(shape);
    }

    @Override
    public void gradient(Backprop at) {}
}

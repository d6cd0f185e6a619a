package org.fovea.core.graph;

import java.util.List;
import org.fovea.core.tensor.Shape;

/** One number everywhere: y = {@code number}. */
public record Fill(Shape shape, double number) implements Op {
    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        return Rules.real(shape);
    }

    @Override
    public void gradient(Backprop at) {}
}

package org.fovea.core.graph;

import java.util.List;

/** A function of each element: y = f(x). */
public record Unary(UnaryKind kind) implements Op {
    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Rules.reals(this, 1, 1, operands);
        return operands;
    }

    @Override
    public void gradient(Backprop at) {
        at.add(0, at.dy().multiply(kind.derivative(at.input(0), at.output(0))));
    }
}

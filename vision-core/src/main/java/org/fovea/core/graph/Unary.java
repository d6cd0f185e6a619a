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
        Value x = at.input(0);
        Value known = kind == UnaryKind.RELU ? at.output(0) : x; // y is positive where x is, so x need not be kept
        at.add(
                0,
                UnaryGradient.KINDS.contains(kind)
                        ? x.graph().apply(new UnaryGradient(kind), known, at.dy())
                        : at.dy().multiply(kind.derivative(x, at.output(0))));
    }
}

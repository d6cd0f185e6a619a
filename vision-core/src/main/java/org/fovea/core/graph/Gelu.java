package org.fovea.core.graph;

import java.util.List;

/** y = GELU(x), in one of its three forms; see {@link GeluKind}. */
public record Gelu(GeluKind kind) implements Op {
    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Rules.reals(this, 1, 1, operands);
        return operands;
    }

    @Override
    public void gradient(Backprop at) {
        at.add(0, at.input(0).graph().apply(new GeluGradient(kind), at.input(0), at.dy()));
    }
}

package org.fovea.core.graph;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** dx = dy·f'(x) (operands: x, dy of one shape), for the activations that backends differentiate in one pass. */
public record UnaryGradient(UnaryKind kind) implements Op {
    static final Set<UnaryKind> KINDS = EnumSet.of(UnaryKind.RELU, UnaryKind.TANH, UnaryKind.SIGMOID, UnaryKind.SILU);

    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Rules.reals(this, 2, 2, operands);
        Rules.require(KINDS.contains(kind), this, "kind must be one of " + KINDS, operands);
        Rules.require(operands.get(0).equals(operands.get(1)), this, "x and dy must have one shape", operands);
        return List.of(operands.get(0));
    }

    @Override
    public void gradient(Backprop at) {
        Rules.noSecondOrder(this);
    }
}

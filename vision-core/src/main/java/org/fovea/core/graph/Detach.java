package org.fovea.core.graph;

import java.util.List;

/**
 * y = x, through which no derivative flows: what a sampled action, a target or a baseline is to the loss it stands in.
 *
 * <p>Costs nothing: the result is the operand's memory.
 */
public record Detach() implements Op {
    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Rules.reals(this, 1, 1, operands);
        return operands;
    }

    @Override
    public void gradient(Backprop at) {}
}

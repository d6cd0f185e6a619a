package org.fovea.core.graph;

import java.util.List;

/** y = {@code scale}·x + {@code shift}. */
public record Affine(double scale, double shift) implements Op {
    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Rules.reals(this, 1, 1, operands);
        return operands;
    }

    @Override
    public void gradient(Backprop at) {
        at.add(0, at.dy().affine(scale, 0));
    }
}

package org.fovea.core.graph;

import java.util.List;

/** The derivative dx of {@link Pool2d} (operands: x, dy). */
public record Pool2dGradient(PoolKind kind, PoolWindow window) implements Op {
    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Rules.reals(this, 2, 2, operands);
        Rules.require(
                window.fits(Rules.shape(operands, 0))
                        && window.outShape(Rules.shape(operands, 0)).equals(Rules.shape(operands, 1)),
                this,
                "x must be [B, C, H, W] and dy have the shape of y",
                operands);
        return List.of(operands.get(0));
    }

    @Override
    public void gradient(Backprop at) {
        Rules.noSecondOrder(this);
    }
}

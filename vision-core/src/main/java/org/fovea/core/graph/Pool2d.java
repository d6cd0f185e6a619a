package org.fovea.core.graph;

import java.util.List;

/** Pooling: y[b, c, i, j] = the largest or the mean of the pixels of channel c under the window (operand: x {@code [B, C, H, W]}). */
public record Pool2d(PoolKind kind, PoolWindow window) implements Op {
    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Rules.reals(this, 1, 1, operands);
        Rules.require(
                window.fits(Rules.shape(operands, 0)),
                this,
                "x must be [B, C, H, W] and the window fit the padded image",
                operands);
        return Rules.real(window.outShape(Rules.shape(operands, 0)));
    }

    @Override
    public void gradient(Backprop at) {
        at.add(0, at.input(0).graph().apply(new Pool2dGradient(kind, window), at.input(0), at.dy()));
    }
}

package org.fovea.core.graph;

import java.util.ArrayList;
import java.util.List;
import org.fovea.core.tensor.Shape;

/** The derivatives dQ, dK, dV and, with {@code masked}, dM of {@link Attention} (operands: Q, K, V, [M,] dY). */
public record AttentionGradient(double scale, boolean masked) implements Op {
    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        int dy = masked ? 4 : 3;
        Shape scores = Attention.scores(this, operands, dy + 1, masked);
        Rules.require(
                Rules.shape(operands, dy)
                        .equals(scores.with(3, Rules.shape(operands, 2).dim(3))),
                this,
                "dY must have the shape of Y",
                operands);
        return new ArrayList<>(operands.subList(0, dy));
    }

    @Override
    public void gradient(Backprop at) {
        Rules.noSecondOrder(this);
    }
}

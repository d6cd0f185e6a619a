package org.fovea.core.graph;

import java.util.List;
import org.fovea.core.tensor.Shape;

/**
 * Layer normalization of the last axis: y = γ·(x - μ)/√(σ² + ε) + β, σ² the mean of squared deviations (operands: x
 * {@code [..., C]}, γ {@code [C]}, β {@code [C]}).
 *
 * @see <a href="https://arxiv.org/abs/1607.06450">Ba et al. 2016</a>
 */
public record LayerNorm(double epsilon) implements Op {
    /** Checks ε, which must keep the square root above 0. */
    public LayerNorm {
        Rules.requireEpsilon("LayerNorm", epsilon);
    }

    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Rules.reals(this, 3, 3, operands);
        Rules.require(Rules.shape(operands, 0).rank() >= 1, this, "x needs 1 axis or more", operands);
        Shape channels = Shape.of(Rules.shape(operands, 0).dim(-1));
        Rules.require(
                Rules.shape(operands, 1).equals(channels)
                        && Rules.shape(operands, 2).equals(channels),
                this,
                "γ and β must have one number per channel",
                operands);
        return List.of(operands.get(0));
    }

    @Override
    public void gradient(Backprop at) {
        Node back = at.input(0).graph().add(new LayerNormGradient(epsilon), List.of(at.input(0), at.input(1), at.dy()));
        for (int i = 0; i < 3; i++) {
            at.add(i, back.outputs().get(i));
        }
    }
}

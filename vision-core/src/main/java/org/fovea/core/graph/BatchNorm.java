package org.fovea.core.graph;

import java.util.List;
import org.fovea.core.tensor.Shape;

/**
 * Batch normalization in training: y = γ·(x - μ)/√(σ² + ε) + β with the mean μ and the biased variance σ² of each
 * channel over all other axes (operands: x {@code [B, C, ...]}, γ {@code [C]}, β {@code [C]}; results: y, μ, σ²).
 *
 * <p>μ and σ² are results for running averages: no gradient flows back through them. With running averages (inference)
 * the same map is a product and a sum of element-wise operations.
 *
 * @see <a href="https://arxiv.org/abs/1502.03167">Ioffe and Szegedy 2015</a>
 */
public record BatchNorm(double epsilon) implements Op {
    /** Checks ε, which must keep the square root above 0. */
    public BatchNorm {
        Rules.requireEpsilon("BatchNorm", epsilon);
    }

    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Rules.reals(this, 3, 3, operands);
        Rules.require(Rules.shape(operands, 0).rank() >= 2, this, "x needs 2 axes or more", operands);
        ValueType channels = ValueType.real(Shape.of(Rules.shape(operands, 0).dim(1)));
        Rules.require(
                operands.get(1).equals(channels) && operands.get(2).equals(channels),
                this,
                "γ and β must have one number per channel",
                operands);
        Rules.require(
                Rules.shape(operands, 0).size() > 0 || Rules.shape(operands, 0).dim(1) == 0,
                this,
                "every channel must have an element",
                operands);
        return List.of(operands.get(0), channels, channels);
    }

    @Override
    public void gradient(Backprop at) {
        Node back = at.input(0)
                .graph()
                .add(
                        new BatchNormGradient(epsilon),
                        List.of(at.input(0), at.input(1), at.output(1), at.output(2), at.dy()));
        for (int i = 0; i < 3; i++) {
            at.add(i, back.outputs().get(i));
        }
    }
}

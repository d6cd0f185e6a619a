package org.fovea.core.graph;

import java.util.List;
import org.fovea.core.tensor.Shape;

/**
 * Group normalization: channels in {@code groups} equal groups, each normalized per sample over its channels and all
 * places, then y = γ·x̂ + β per channel (operands: x {@code [B, C, ...]}, γ {@code [C]}, β {@code [C]}).
 *
 * @see <a href="https://arxiv.org/abs/1803.08494">Wu and He 2018</a>
 */
public record GroupNorm(int groups, double epsilon) implements Op {
    /** Checks ε, which must keep the square root above 0. */
    public GroupNorm {
        Rules.requireEpsilon("GroupNorm", epsilon);
    }

    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Rules.reals(this, 3, 3, operands);
        Shape x = Rules.shape(operands, 0);
        Rules.require(x.rank() >= 2, this, "x needs 2 axes or more", operands);
        Rules.require(groups >= 1 && x.dim(1) % groups == 0, this, "groups must divide the channels", operands);
        Shape channels = Shape.of(x.dim(1));
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
        Node back = at.input(0)
                .graph()
                .add(new GroupNormGradient(groups, epsilon), List.of(at.input(0), at.input(1), at.dy()));
        for (int i = 0; i < 3; i++) {
            at.add(i, back.outputs().get(i));
        }
    }
}

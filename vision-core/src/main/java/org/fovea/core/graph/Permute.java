package org.fovea.core.graph;

import java.util.List;
import java.util.stream.IntStream;
import org.fovea.core.tensor.Shape;

/** Reorders axes: axis i of y is axis {@code axes[i]} of x. */
public record Permute(List<Integer> axes) implements Op {
    /** Copies the list. */
    public Permute {
        axes = List.copyOf(axes);
    }

    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Rules.require(operands.size() == 1, this, "takes 1 operand", operands);
        Shape x = Rules.shape(operands, 0);
        Rules.require(
                axes.stream()
                        .sorted()
                        .toList()
                        .equals(IntStream.range(0, x.rank()).boxed().toList()),
                this,
                "axes must name every axis of x once",
                operands);
        Shape y = Shape.of(axes.stream().mapToInt(x::dim).toArray());
        return List.of(new ValueType(y, operands.get(0).kind()));
    }

    @Override
    public void gradient(Backprop at) {
        int[] inverse = new int[axes.size()];
        for (int i = 0; i < inverse.length; i++) {
            inverse[axes.get(i)] = i;
        }
        at.add(0, at.dy().permute(inverse));
    }
}

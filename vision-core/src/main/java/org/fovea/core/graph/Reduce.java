package org.fovea.core.graph;

import java.util.List;
import org.fovea.core.tensor.Shape;

/** Joins all elements along some axes into one; {@code keepAxes} leaves those axes with size 1. */
public record Reduce(ReduceKind kind, List<Integer> axes, boolean keepAxes) implements Op {
    /** Copies the list. */
    public Reduce {
        axes = List.copyOf(axes);
    }

    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Rules.reals(this, 1, 1, operands);
        Shape x = Rules.shape(operands, 0);
        Rules.require(
                !axes.isEmpty()
                        && axes.stream().distinct().count() == axes.size()
                        && axes.stream().allMatch(a -> a >= 0 && a < x.rank()),
                this,
                "axes must be distinct axes of x",
                operands);
        Rules.require(
                kind == ReduceKind.SUM || axes.stream().allMatch(a -> x.dim(a) > 0),
                this,
                "reduced axes must not be empty",
                operands);
        return Rules.real(reduced(x, keepAxes));
    }

    private Shape reduced(Shape x, boolean keep) {
        int[] out = x.toArray();
        for (int a : axes) {
            out[a] = keep ? 1 : -1;
        }
        return Shape.of(java.util.Arrays.stream(out).filter(s -> s >= 0).toArray());
    }

    @Override
    public void gradient(Backprop at) {
        Value x = at.input(0);
        int[] kept = reduced(x.shape(), true).toArray();
        Value dy = at.dy().reshape(kept);
        switch (kind) {
            case SUM -> at.add(0, dy.broadcast(x.shape()));
            case MEAN ->
                at.add(
                        0,
                        dy.affine(
                                        (double) at.output(0).shape().size()
                                                / x.shape().size(),
                                        0)
                                .broadcast(x.shape()));
            case MAX -> {
                Value largest = x.equalTo(at.output(0).reshape(kept));
                Value count = x.graph().apply(new Reduce(ReduceKind.SUM, axes, true), largest);
                at.add(0, largest.multiply(dy.divide(count)));
            }
        }
    }
}

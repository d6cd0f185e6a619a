package org.fovea.core.graph;

import java.util.List;
import org.fovea.core.tensor.Shape;

/** The transpose of {@link Conv2d} as a map of w (operands: x, dy), {@code weight} being the shape of w. */
public record Conv2dWeightGradient(ConvWindow window, Shape weight) implements Op {
    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Rules.reals(this, 2, 2, operands);
        Shape x = Rules.shape(operands, 0);
        Rules.require(window.fits(x, weight), this, Conv2d.FIT, operands);
        Rules.require(
                Rules.shape(operands, 1).equals(window.outShape(x, weight)),
                this,
                "dy must have the shape of y",
                operands);
        return Rules.real(weight);
    }

    @Override
    public void gradient(Backprop at) {
        Value x = at.input(0);
        Value dy = at.input(1);
        Graph graph = x.graph();
        if (at.wants(0)) {
            at.add(0, graph.apply(new Conv2dInputGradient(window, x.shape()), at.dy(), dy));
        }
        if (at.wants(1)) {
            at.add(1, graph.apply(new Conv2d(window), x, at.dy()));
        }
    }
}

package org.fovea.core.graph;

import java.util.List;
import org.fovea.core.tensor.Shape;

/**
 * The transpose of {@link Conv2d} as a map of x, also known as transposed convolution: dx[b, c, ·] = Σ dy[b, o, ·]·w[o,
 * c, ·] (operands: w, dy), {@code input} being the shape of x.
 */
public record Conv2dInputGradient(ConvWindow window, Shape input) implements Op {
    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Rules.reals(this, 2, 2, operands);
        Shape w = Rules.shape(operands, 0);
        Rules.require(window.fits(input, w), this, Conv2d.FIT, operands);
        Rules.require(
                Rules.shape(operands, 1).equals(window.outShape(input, w)),
                this,
                "dy must have the shape of y",
                operands);
        return Rules.real(input);
    }

    @Override
    public void gradient(Backprop at) {
        Value w = at.input(0);
        Value dy = at.input(1);
        Graph graph = w.graph();
        if (at.wants(0)) {
            at.add(0, graph.apply(new Conv2dWeightGradient(window, w.shape()), at.dy(), dy));
        }
        if (at.wants(1)) {
            at.add(1, graph.apply(new Conv2d(window), at.dy(), w));
        }
    }
}

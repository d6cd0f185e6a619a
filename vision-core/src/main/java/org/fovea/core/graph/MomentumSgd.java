package org.fovea.core.graph;

import java.util.List;
import org.fovea.core.tensor.Shape;

/**
 * One step of gradient descent with momentum: d = g + {@code decay}·p, m' = {@code momentum}·m + d, p' = p -
 * {@code rateScale}·rate·m', or with {@code nesterov} p' = p - {@code rateScale}·rate·(d + {@code momentum}·m') (operands: p,
 * g, m of one shape, rate a scalar; results: p', m').
 *
 * @see <a href="https://proceedings.mlr.press/v28/sutskever13.html">Sutskever et al. 2013</a>, in PyTorch's form
 */
public record MomentumSgd(double momentum, boolean nesterov, double decay, double rateScale) implements Op {
    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Rules.reals(this, 4, 4, operands);
        ValueType p = operands.get(0);
        Rules.require(
                operands.subList(0, 3).stream().allMatch(p::equals), this, "p, g and m must have one shape", operands);
        Rules.require(Rules.shape(operands, 3).equals(Shape.of()), this, "rate must be a scalar", operands);
        return List.of(p, p);
    }

    @Override
    public void gradient(Backprop at) {
        Rules.noSecondOrder(this);
    }
}

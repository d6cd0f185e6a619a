package org.fovea.core.graph;

import java.util.List;
import org.fovea.core.tensor.Shape;

/**
 * One step of AdamW: m' = β₁·m + (1 - β₁)·g, v' = β₂·v + (1 - β₂)·g², p' = p - r·(m'/(1 - β₁ᵗ)/(√(v'/(1 - β₂ᵗ)) + ε) +
 * {@code decay}·p) with r = {@code rateScale}·rate (operands: p, g, m, v of one shape, rate and t scalars; results: p', m',
 * v'). A step with t = 0 changes nothing.
 *
 * @param decay decoupled weight decay
 * @param rateScale factor of the learning rate, for layer-wise decay
 * @see <a href="https://arxiv.org/abs/1711.05101">Loshchilov and Hutter 2019, algorithm 2</a>
 */
public record AdamW(double beta1, double beta2, double epsilon, double decay, double rateScale) implements Op {
    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Rules.reals(this, 6, 6, operands);
        ValueType p = operands.get(0);
        Rules.require(
                operands.subList(0, 4).stream().allMatch(p::equals),
                this,
                "p, g, m and v must have one shape",
                operands);
        Rules.require(
                Rules.shape(operands, 4).equals(Shape.of())
                        && Rules.shape(operands, 5).equals(Shape.of()),
                this,
                "rate and t must be scalars",
                operands);
        return List.of(p, p, p);
    }

    @Override
    public void gradient(Backprop at) {
        Rules.noSecondOrder(this);
    }
}

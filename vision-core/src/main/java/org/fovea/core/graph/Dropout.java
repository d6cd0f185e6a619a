package org.fovea.core.graph;

import java.util.List;
import org.fovea.core.tensor.Shape;

/**
 * Dropout in training: y[i] = x[i]/(1 - rate) where the i-th number of {@link DropoutMask} drawn from the seed is at
 * least the rate, else 0 (operands: x, seed index{@code [1]}). The same seed drops the same elements.
 *
 * @see <a href="https://jmlr.org/papers/v15/srivastava14a.html">Srivastava et al. 2014</a>, scaled in training
 */
public record Dropout(double rate, int stream) implements Op {
    /**
     * Checks the rate.
     *
     * @param rate fraction of elements dropped, in [0, 1)
     * @param stream distinguishes the dropouts of a model with the same seed
     */
    public Dropout {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException("Dropout: the rate must lie in [0, 1), got " + rate);
        }
    }

    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Rules.require(operands.size() == 2, this, "takes 2 operands", operands);
        Rules.require(
                operands.get(0).kind() == ElementKind.REAL && operands.get(1).equals(ValueType.index(Shape.of(1))),
                this,
                "x must be real numbers and the seed index[1]",
                operands);
        return List.of(operands.get(0));
    }

    @Override
    public void gradient(Backprop at) {
        at.add(0, at.dy().graph().apply(this, at.dy(), at.input(1)));
    }
}

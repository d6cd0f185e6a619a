package org.fovea.core.graph;

import java.util.List;
import org.fovea.core.tensor.Shape;

/** y = a where the condition is not 0, else b (operands: condition, a, b; NumPy's broadcasting). */
public record Select() implements Op {
    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Rules.reals(this, 3, 3, operands);
        Shape ab = Rules.broadcast(this, Rules.shape(operands, 1), Rules.shape(operands, 2), operands);
        return Rules.real(Rules.broadcast(this, Rules.shape(operands, 0), ab, operands));
    }

    @Override
    public void gradient(Backprop at) {
        Value zero = at.dy().graph().fill(0);
        Value condition = at.input(0);
        if (at.wants(1)) {
            at.add(
                    1,
                    Rules.unbroadcast(
                            condition.select(at.dy(), zero), at.input(1).shape()));
        }
        if (at.wants(2)) {
            at.add(
                    2,
                    Rules.unbroadcast(
                            condition.select(zero, at.dy()), at.input(2).shape()));
        }
    }
}

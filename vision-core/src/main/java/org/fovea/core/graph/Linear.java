package org.fovea.core.graph;

import java.util.List;
import org.fovea.core.tensor.Shape;

/**
 * Affine map of the last axis: y = x·Wᵀ + b (operands: x {@code [..., in]}, W {@code [out, in]}, optionally b
 * {@code [out]}), the weight stored as checkpoints store it.
 */
public record Linear() implements Op {
    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Rules.reals(this, 2, 3, operands);
        Shape x = Rules.shape(operands, 0);
        Shape w = Rules.shape(operands, 1);
        Rules.require(x.rank() >= 1 && w.rank() == 2, this, "x needs 1 axis or more and the weight 2", operands);
        Rules.require(x.dim(-1) == w.dim(1), this, "the last axis of x must equal the weight's columns", operands);
        Rules.require(
                operands.size() == 2 || Rules.shape(operands, 2).equals(Shape.of(w.dim(0))),
                this,
                "the bias must have one number per row of the weight",
                operands);
        return Rules.real(x.with(-1, w.dim(0)));
    }

    @Override
    public void gradient(Backprop at) {
        Value x = at.input(0);
        Value w = at.input(1);
        if (at.wants(0)) {
            at.add(0, rows(at.dy()).matmul(w).reshape(x.shape().toArray()));
        }
        if (at.wants(1)) {
            at.add(1, rows(at.dy()).matmul(rows(x), true, false));
        }
        if (at.inputs().size() == 3 && at.wants(2)) {
            at.add(2, rows(at.dy()).sum(false, 0));
        }
    }

    private static Value rows(Value x) {
        int rank = x.shape().rank();
        int rows = 1;
        for (int i = 0; i < rank - 1; i++) {
            rows *= x.shape().dim(i);
        }
        return x.reshape(rows, x.shape().dim(-1)); // [rows, width]
    }
}

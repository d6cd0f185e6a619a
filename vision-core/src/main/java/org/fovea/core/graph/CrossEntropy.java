package org.fovea.core.graph;

import java.util.List;
import org.fovea.core.tensor.Shape;

/**
 * Cross-entropy of each row against target probabilities: y[b] = -Σₖ t[b, k]·log softmax(x)[b, k] (operands: logits x
 * {@code [B, K]}, targets t {@code [B, K]}); soft labels, label smoothing and mixup are targets.
 */
public record CrossEntropy() implements Op {
    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Rules.reals(this, 2, 2, operands);
        Shape x = Rules.shape(operands, 0);
        Rules.require(
                x.rank() == 2 && x.dim(1) > 0 && operands.get(1).equals(operands.get(0)),
                this,
                "logits and targets must both be [B, K], K at least 1",
                operands);
        return Rules.real(Shape.of(x.dim(0)));
    }

    @Override
    public void gradient(Backprop at) {
        Value x = at.input(0);
        Value t = at.input(1);
        Value dy = at.dy().reshape(x.shape().dim(0), 1); // [B, 1]
        if (at.wants(0)) {
            Value dx = x.softmax(1).multiply(t.sum(true, 1)).subtract(t); // [B, K]
            at.add(0, dx.multiply(dy));
        }
        if (at.wants(1)) {
            at.add(1, x.logSoftmax(1).multiply(dy).negate());
        }
    }
}

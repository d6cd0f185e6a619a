package org.fovea.core.graph;

import java.util.List;

/** A function of two elements: y = f(a, b), with NumPy's broadcasting. */
public record Binary(BinaryKind kind) implements Op {
    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Rules.reals(this, 2, 2, operands);
        return Rules.real(Rules.broadcast(this, Rules.shape(operands, 0), Rules.shape(operands, 1), operands));
    }

    @Override
    public void gradient(Backprop at) {
        Value a = at.input(0);
        Value b = at.input(1);
        Value dy = at.dy();
        switch (kind) {
            case ADD -> add(at, dy, dy);
            case SUBTRACT -> add(at, dy, at.wants(1) ? dy.negate() : dy);
            case MULTIPLY -> add(at, at.wants(0) ? dy.multiply(b) : dy, at.wants(1) ? dy.multiply(a) : dy);
            case DIVIDE ->
                add(
                        at,
                        dy.divide(b),
                        at.wants(1) ? dy.multiply(at.output(0)).divide(b).negate() : dy);
            case MAXIMUM -> chosen(at, b.greater(a));
            case MINIMUM -> chosen(at, a.greater(b));
            case GREATER, EQUAL -> {}
        }
    }

    /** Passes the gradient to b where {@code second} is 1 and to a elsewhere. */
    private static void chosen(Backprop at, Value second) {
        add(at, at.dy().multiply(second.affine(-1, 1)), at.dy().multiply(second));
    }

    private static void add(Backprop at, Value da, Value db) {
        if (at.wants(0)) {
            at.add(0, Rules.unbroadcast(da, at.input(0).shape()));
        }
        if (at.wants(1)) {
            at.add(1, Rules.unbroadcast(db, at.input(1).shape()));
        }
    }
}

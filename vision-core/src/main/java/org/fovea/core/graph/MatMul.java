package org.fovea.core.graph;

import java.util.List;
import org.fovea.core.tensor.Shape;

/**
 * Matrix product: y[..., i, j] = Σₖ a[..., i, k]·b[..., k, j].
 *
 * <p>Leading axes are batch axes under NumPy's broadcasting; a flag reads that operand with its last two axes swapped.
 */
public record MatMul(boolean transposeA, boolean transposeB) implements Op {
    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Rules.reals(this, 2, 2, operands);
        Shape a = Rules.shape(operands, 0);
        Shape b = Rules.shape(operands, 1);
        Rules.require(a.rank() >= 2 && b.rank() >= 2, this, "operands must have at least 2 axes", operands);
        int rows = a.dim(transposeA ? -1 : -2);
        int inner = a.dim(transposeA ? -2 : -1);
        int columns = b.dim(transposeB ? -2 : -1);
        Rules.require(inner == b.dim(transposeB ? -1 : -2), this, "inner sizes must be equal", operands);
        Shape batch = Rules.broadcast(
                this, Shape.of(Rules.range(a, 0, a.rank() - 2)), Shape.of(Rules.range(b, 0, b.rank() - 2)), operands);
        return Rules.real(Rules.concat(batch.toArray(), new int[] {rows, columns}));
    }

    @Override
    public void gradient(Backprop at) {
        Value a = at.input(0);
        Value b = at.input(1);
        Value dy = at.dy();
        if (at.wants(0)) {
            Value da = transposeA ? b.matmul(dy, transposeB, true) : dy.matmul(b, false, !transposeB);
            at.add(0, Rules.unbroadcast(da, a.shape()));
        }
        if (at.wants(1)) {
            Value db = transposeB ? dy.matmul(a, true, transposeA) : a.matmul(dy, !transposeA, false);
            at.add(1, Rules.unbroadcast(db, b.shape()));
        }
    }
}

package org.fovea.core.graph;

import java.util.List;
import org.fovea.core.tensor.Shape;

/**
 * Convolution as the field means it (cross-correlation): y[b, o, i, j] = Σ x[b, c, i·s + u·d - p, j·s + v·d - p]·w[o,
 * c, u, v] + β[o] with the padding p before (operands: x {@code [B, C, H, W]}, w {@code [O, C/groups, h, w]}, optionally β {@code [O]}).
 */
public record Conv2d(ConvWindow window) implements Op {
    static final String FIT =
            "x [B, C, H, W] and w [O, C/groups, h, w] must agree, groups divide O, and the kernel fit the padded image";

    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Rules.reals(this, 2, 3, operands);
        Shape x = Rules.shape(operands, 0);
        Shape w = Rules.shape(operands, 1);
        Rules.require(window.fits(x, w), this, FIT, operands);
        Rules.require(
                operands.size() == 2 || Rules.shape(operands, 2).equals(Shape.of(w.dim(0))),
                this,
                "the bias must have one number per output channel",
                operands);
        return Rules.real(window.outShape(x, w));
    }

    @Override
    public void gradient(Backprop at) {
        Value x = at.input(0);
        Value w = at.input(1);
        if (at.wants(0)) {
            at.add(0, x.graph().apply(new Conv2dInputGradient(window, x.shape()), w, at.dy()));
        }
        if (at.wants(1)) {
            at.add(1, x.graph().apply(new Conv2dWeightGradient(window, w.shape()), x, at.dy()));
        }
        if (at.inputs().size() == 3 && at.wants(2)) {
            at.add(2, at.dy().sum(false, 0, 2, 3));
        }
    }
}

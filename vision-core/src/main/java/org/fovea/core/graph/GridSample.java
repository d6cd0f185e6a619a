package org.fovea.core.graph;

import java.util.List;
import org.fovea.core.tensor.Shape;

/**
 * Bilinear sampling at given places: y[b, c, i, j] = x[b, c, ·] at grid[b, i, j] = (x, y), where (-1, -1) is the
 * top-left and (1, 1) the bottom-right (operands: x {@code [B, C, H, W]}, grid {@code [B, h, w, 2]}).
 *
 * @param alignCorners whether ±1 are the centers of the corner pixels (u = (x + 1)/2·(W - 1)) or their outer edges (u =
 *     ((x + 1)·W - 1)/2)
 * @see <a href="https://arxiv.org/abs/1506.02025">Jaderberg et al. 2015, equation 5</a>
 */
public record GridSample(GridPadding padding, boolean alignCorners) implements Op {
    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Rules.reals(this, 2, 2, operands);
        Shape x = Rules.shape(operands, 0);
        Shape grid = Rules.shape(operands, 1);
        check(this, x, grid, operands);
        return Rules.real(Shape.of(x.dim(0), x.dim(1), grid.dim(1), grid.dim(2)));
    }

    static void check(Op op, Shape x, Shape grid, List<ValueType> operands) {
        Rules.require(
                x.rank() == 4
                        && grid.rank() == 4
                        && x.dim(0) == grid.dim(0)
                        && grid.dim(3) == 2
                        && x.dim(2) >= 1
                        && x.dim(3) >= 1,
                op,
                "x must be [B, C, H, W], not empty, and grid [B, h, w, 2]",
                operands);
    }

    @Override
    public void gradient(Backprop at) {
        Node back = at.input(0)
                .graph()
                .add(new GridSampleGradient(padding, alignCorners), List.of(at.input(0), at.input(1), at.dy()));
        at.add(0, back.outputs().get(0));
        at.add(1, back.outputs().get(1));
    }
}

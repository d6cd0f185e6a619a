package org.fovea.core.nn;

import org.fovea.core.graph.Value;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Tensor;

/**
 * Places of another grid with θ as the change from its identity, so that zeros sample every image as it is: fresh biases are
 * right by themselves, and weight decay draws toward the image, not toward one point of it.
 */
public record RelativeGrid(SamplingGrid grid) implements SamplingGrid {
    @Override
    public int height() {
        return grid.height();
    }

    @Override
    public int width() {
        return grid.width();
    }

    @Override
    public boolean alignCorners() {
        return grid.alignCorners();
    }

    @Override
    public Tensor matrix() {
        return grid.matrix();
    }

    @Override
    public Tensor identity() {
        return Tensor.zeros(DType.F64, grid.identity().shape());
    }

    @Override
    public Value build(Value theta) {
        return grid.build(theta.add(theta.graph().constant(grid.identity())));
    }
}

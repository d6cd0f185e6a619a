package org.fovea.vit;

import java.nio.FloatBuffer;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.nn.PositionEmbedding;
import org.fovea.core.nn.PositionResize;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/** Learned weights of a compact transformer with the positions brought to another image size. */
record ResizedPositions(WeightSource learned, PositionEmbedding from, PositionEmbedding to) implements WeightSource {
    private static final String POSITIONS = "positions";

    @Override
    public Shape shape(String name) {
        Shape shape = learned.shape(name);
        return name.equals(POSITIONS) ? shape.with(1, to.count()) : shape;
    }

    @Override
    public Tensor tensor(String name) {
        Tensor tensor = learned.tensor(name);
        return name.equals(POSITIONS) ? from.resize(tensor, to, PositionResize.BICUBIC) : tensor;
    }

    @Override
    public void readFloats(String name, FloatBuffer target) {
        if (name.equals(POSITIONS)) {
            target.put(tensor(name).toFloats());
        } else {
            learned.readFloats(name, target);
        }
    }
}

package org.fovea.vit.model;

import java.nio.FloatBuffer;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.nn.PositionEmbedding;
import org.fovea.core.nn.PositionResize;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/**
 * Learned weights with the positions brought to another image size.
 *
 * @param position name of the position embedding
 */
record ResizedPositions(
        WeightSource learned, String position, PositionEmbedding from, PositionEmbedding to, PositionResize filter)
        implements WeightSource {
    /**
     * Checks that a model can be brought to another.
     *
     * @throws IllegalArgumentException when the two differ in more than the image size
     */
    static void check(ClassifierConfig stored, ClassifierConfig target) {
        if (!stored.withImage(target.imageHeight(), target.imageWidth()).equals(target)) {
            throw new IllegalArgumentException(stored.getClass().getSimpleName()
                    + ": target may differ in the image size alone, got " + stored + " and " + target);
        }
    }

    @Override
    public Shape shape(String name) {
        Shape shape = learned.shape(name);
        return name.equals(position) ? shape.with(1, to.count()) : shape;
    }

    @Override
    public Tensor tensor(String name) {
        Tensor tensor = learned.tensor(name);
        return name.equals(position) ? from.resize(tensor, to, filter) : tensor;
    }

    @Override
    public void readFloats(String name, FloatBuffer target) {
        if (name.equals(position)) {
            target.put(tensor(name).toFloats());
        } else {
            learned.readFloats(name, target);
        }
    }
}

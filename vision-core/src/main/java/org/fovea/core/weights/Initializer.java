package org.fovea.core.weights;

import java.util.random.RandomGenerator;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/** Distribution of a fresh parameter's values; stateless. {@link Initializers} has the usual ones. */
@FunctionalInterface
public interface Initializer {
    /**
     * Distribution of the elements of a parameter of this shape.
     *
     * @throws IllegalArgumentException when the distribution is not defined for the shape
     */
    Draw forShape(Shape shape);

    /**
     * Creates a float32 tensor.
     *
     * @param name name of the parameter, which determines the values together with the seed, so that the order of creation does
     *     not matter
     * @param seed base seed, the same for all parameters of a model
     */
    default Tensor create(String name, Shape shape, long seed) {
        Tensor out = Tensor.zeros(DType.F32, shape);
        SeededBlocks.fill(
                forShape(shape), SeededBlocks.seed(seed, name), 0, out.buffer().asFloatBuffer());
        return out;
    }

    /** Draws one element; stateless. */
    @FunctionalInterface
    interface Draw {
        /** Next value from a random generator. */
        float next(RandomGenerator random);
    }
}

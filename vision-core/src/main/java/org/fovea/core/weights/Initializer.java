package org.fovea.core.weights;

import java.util.random.RandomGenerator;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/** Distribution of a fresh parameter's values; stateless. {@link Initializers} has the usual ones. */
@FunctionalInterface
public interface Initializer {
    /**
     * The distribution of the elements of a parameter of this shape.
     *
     * @throws IllegalArgumentException when the distribution is not defined for the shape
     */
    Draw forShape(Shape shape);

    /**
     * A fresh float32 tensor.
     *
     * @param name of the parameter: together with the seed it decides the values, so that the order in which parameters
     *     are made does not matter
     * @param seed the base seed, one for all parameters of a model
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
        /** The next value from this generator. */
        float next(RandomGenerator random);
    }
}

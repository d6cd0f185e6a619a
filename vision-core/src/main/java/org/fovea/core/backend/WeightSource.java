package org.fovea.core.backend;

import java.nio.FloatBuffer;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/**
 * Source of the weights that a program's graph names. One source always gives the same weights: programs that are compiled
 * from the same object share what they made of them; weights that have changed are another source.
 */
public interface WeightSource {
    /**
     * Shape of a weight.
     *
     * @throws IllegalArgumentException when there is no weight of this name
     */
    Shape shape(String name);

    /** Value of a weight as it is stored, of any floating-point type. */
    Tensor tensor(String name);

    /** Writes a weight as floats, row-major, at the target's position, without caching it. */
    default void readFloats(String name, FloatBuffer target) {
        target.put(tensor(name).toFloats());
    }
}

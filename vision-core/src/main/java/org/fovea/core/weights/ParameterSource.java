package org.fovea.core.weights;

import java.nio.FloatBuffer;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/** Where one parameter's values come from; thread-safe, and nothing is read before it is asked for. */
interface ParameterSource {
    Shape shape();

    /** The type {@link #tensor} has. */
    DType dtype();

    /** The values; of a stored tensor a view, else made for this call. */
    Tensor tensor();

    /** Fills the target with the elements from {@code from} on; there are enough of them. */
    void readFloats(long from, FloatBuffer target);
}

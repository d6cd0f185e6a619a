package org.fovea.core.weights;

import java.nio.FloatBuffer;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/** Source of one parameter's values; thread-safe, and nothing is read before it is asked for. */
interface ParameterSource {
    Shape shape();

    /** The type {@link #tensor} has: float32 unless the values lie somewhere as a tensor. */
    default DType dtype() {
        return DType.F32;
    }

    /** The values; of a stored tensor a view, else made for this call. */
    default Tensor tensor() {
        Tensor out = Tensor.zeros(DType.F32, shape());
        readFloats(0, out.buffer().asFloatBuffer());
        return out;
    }

    /** Fills the target with the elements from {@code from} on; there are enough of them. */
    void readFloats(long from, FloatBuffer target);
}

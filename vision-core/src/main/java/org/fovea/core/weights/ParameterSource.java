package org.fovea.core.weights;

import java.nio.FloatBuffer;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/** Source of one parameter's values; thread-safe, and nothing is read before it is asked for. */
interface ParameterSource {
    Shape shape();

    /** Type of {@link #tensor}: float32 unless the values exist as a stored tensor. */
    default DType dtype() {
        return DType.F32;
    }

    /** Values as a tensor: a view of a stored tensor, else created for this call. */
    default Tensor tensor() {
        Tensor out = Tensor.zeros(DType.F32, shape());
        readFloats(0, out.buffer().asFloatBuffer());
        return out;
    }

    /** Fills the target with the elements from {@code from} on; there must be enough of them. */
    void readFloats(long from, FloatBuffer target);
}

package org.fovea.core.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/** Moves stored elements of any type into float buffers. */
final class Floats {
    private static final int CHUNK = 1 << 14;

    private Floats() {}

    /** Converts all elements from {@code bytes}' position to its limit, little-endian, to floats in {@code target}. */
    static void convert(DType dtype, ByteBuffer bytes, FloatBuffer target) {
        if (dtype == DType.F32) {
            target.put(bytes.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer());
            return;
        }
        int count = bytes.remaining() / dtype.bytes();
        for (int done = 0; done < count; done += CHUNK) {
            int n = Math.min(CHUNK, count - done);
            ByteBuffer part = bytes.slice(bytes.position() + done * dtype.bytes(), n * dtype.bytes());
            target.put(Tensor.wrap(dtype, Shape.of(n), part).toFloats());
        }
    }
}

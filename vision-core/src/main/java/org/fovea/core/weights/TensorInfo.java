package org.fovea.core.weights;

import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;

/**
 * Facts that a file states of one of its tensors.
 *
 * @param dtype type of the stored elements
 * @param shape sizes of the axes, outermost first; elements are read in row-major order
 * @param begin position of the first byte, counted from the start of the file
 * @param end position after the last byte, counted from the start of the file; for a view that skips or repeats parts of its
 *     storage (as in {@code pytorch_model.bin}), {@code end - begin} is not {@link #byteCount}
 */
public record TensorInfo(DType dtype, Shape shape, long begin, long end) {
    /** Size of the elements in bytes. */
    public long byteCount() {
        return shape.size() * dtype.bytes();
    }
}

package org.fovea.core.weights;

import java.nio.ByteBuffer;
import org.fovea.core.tensor.Shape;
import org.fovea.core.weights.TorchValues.TorchStorage;

/**
 * A tensor as a view of a storage: element (i, j, …) is number {@code offset + i * strides[0] + j * strides[1] + …}.
 * Tensors that share a storage are tied; a transposed one has its strides swapped.
 */
final class TorchView {
    private final TensorInfo info;
    private final long[] strides;
    private final boolean contiguous;

    private TorchView(TensorInfo info, long[] strides) {
        this.info = info;
        this.strides = strides;
        this.contiguous = isContiguous(info.shape(), strides);
    }

    /**
     * Creates a view after checking that it lies within its storage.
     *
     * @throws IllegalArgumentException when it does not
     * @throws ArithmeticException when a number exceeds 63 bits
     */
    static TorchView of(TorchStorage storage, long offset, Shape shape, long[] strides) {
        long last = offset; // index of the last element
        for (int axis = 0; axis < strides.length; axis++) {
            if (strides[axis] < 0) {
                throw new IllegalArgumentException("stride " + strides[axis]);
            }
            last = Math.addExact(last, Math.multiplyExact(Math.max(0, shape.dim(axis) - 1L), strides[axis]));
        }
        long end = shape.size() == 0 ? offset : Math.addExact(last, 1);
        if (offset < 0 || end > storage.count()) {
            throw new IllegalArgumentException("shape " + shape + " ends after element " + end);
        }
        int bytes = storage.dtype().bytes();
        Math.multiplyExact(shape.size(), (long) bytes);
        return new TorchView(
                new TensorInfo(storage.dtype(), shape, storage.begin() + offset * bytes, storage.begin() + end * bytes),
                strides);
    }

    private static boolean isContiguous(Shape shape, long[] strides) {
        long expected = 1;
        for (int axis = strides.length - 1; axis >= 0; axis--) {
            if (shape.dim(axis) != 1 && strides[axis] != expected) {
                return shape.size() == 0;
            }
            expected *= shape.dim(axis);
        }
        return true;
    }

    /** Type, shape and the part of the file that contains the elements. */
    TensorInfo info() {
        return info;
    }

    /** Returns whether the elements are contiguous in row-major order. */
    boolean contiguous() {
        return contiguous;
    }

    /**
     * Fills the target with elements in row-major order.
     *
     * @param span part of the file that {@link #info} describes
     * @param from index of the first wanted element in row-major order
     */
    void gather(ByteBuffer span, long from, ByteBuffer target) {
        int rank = strides.length;
        int[] index = new int[rank];
        long rest = from;
        long at = 0;
        for (int axis = rank - 1; axis >= 0; axis--) {
            index[axis] = (int) (rest % info.shape().dim(axis));
            rest /= info.shape().dim(axis);
            at += index[axis] * strides[axis];
        }
        int bytes = info.dtype().bytes();
        int[] sizes = info.shape().toArray();
        while (target.hasRemaining()) {
            copy(span, (int) at * bytes, bytes, target);
            int axis = rank - 1;
            while (axis >= 0 && ++index[axis] == sizes[axis]) {
                at -= (sizes[axis] - 1L) * strides[axis];
                index[axis--] = 0;
            }
            at += axis < 0 ? 0 : strides[axis];
        }
    }

    private static void copy(ByteBuffer from, int at, int bytes, ByteBuffer to) {
        switch (bytes) {
            case 8 -> to.putLong(from.getLong(at));
            case 4 -> to.putInt(from.getInt(at));
            case 2 -> to.putShort(from.getShort(at));
            default -> to.put(from.get(at));
        }
    }
}

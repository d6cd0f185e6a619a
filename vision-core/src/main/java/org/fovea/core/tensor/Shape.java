package org.fovea.core.tensor;

import java.util.Arrays;

/**
 * The sizes of a tensor's axes, outermost first; immutable.
 *
 * <p>Every size is at least 0 and the number of elements fits a {@code long}. A scalar has rank 0.
 */
public final class Shape {
    private final int[] sizes;
    private final long size;

    private Shape(int[] sizes) {
        long product = 1;
        for (int s : sizes) {
            if (s < 0) {
                throw new IllegalArgumentException(
                        "Shape: every size must be at least 0, got " + Arrays.toString(sizes));
            }
            try {
                product = Math.multiplyExact(product, (long) s);
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException(
                        "Shape: the number of elements must fit 63 bits, got " + Arrays.toString(sizes));
            }
        }
        this.sizes = sizes;
        this.size = product;
    }

    /**
     * Creates a shape.
     *
     * @throws IllegalArgumentException when a size is negative or the element count overflows
     */
    public static Shape of(int... sizes) {
        return new Shape(sizes.clone());
    }

    /** The number of axes. */
    public int rank() {
        return sizes.length;
    }

    /** The number of elements; 1 for a scalar. */
    public long size() {
        return size;
    }

    /**
     * Size of one axis.
     *
     * @param axis from 0; negative counts from the end, -1 being the innermost
     * @throws IllegalArgumentException when there is no such axis
     */
    public int dim(int axis) {
        return sizes[axis(axis)];
    }

    /**
     * Converts an axis that may count from the end to one that counts from 0.
     *
     * @throws IllegalArgumentException when there is no such axis
     */
    public int axis(int axis) {
        int a = axis < 0 ? axis + sizes.length : axis;
        if (a < 0 || a >= sizes.length) {
            throw new IllegalArgumentException("axis must lie in [" + -sizes.length + ", " + (sizes.length - 1)
                    + "] of " + this + ", got " + axis);
        }
        return a;
    }

    /** Sizes as a new array. */
    public int[] toArray() {
        return sizes.clone();
    }

    /** Sizes as a new array of longs. */
    public long[] toLongs() {
        long[] out = new long[sizes.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = sizes[i];
        }
        return out;
    }

    /** Row-major strides in elements. */
    public long[] strides() {
        long[] out = new long[sizes.length];
        long stride = 1;
        for (int i = sizes.length - 1; i >= 0; i--) {
            out[i] = stride;
            stride *= sizes[i];
        }
        return out;
    }

    /** Copy with another size of one axis. */
    public Shape with(int axis, int newSize) {
        int[] out = sizes.clone();
        out[axis(axis)] = newSize;
        return new Shape(out);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Shape s && Arrays.equals(s.sizes, sizes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sizes);
    }

    /** Sizes in brackets: {@code [1, 197, 768]}. */
    @Override
    public String toString() {
        return Arrays.toString(sizes);
    }
}

package org.fovea.core.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;

/**
 * Typed, shaped, row-major memory: what crosses the borders of files, pictures and programs.
 *
 * <p>Kept free of ND4J so that a path which never computes on an {@code INDArray} never loads ND4J (0.5 s of a cold
 * start); {@code Nd4jTensors} converts. The memory is a {@link ByteBuffer}, little-endian as safetensors and every
 * supported processor have it, on the Java heap or outside it (a mapped file), and is freed by the garbage collector:
 * a tensor owns nothing that must be closed. Thread-safe as long as nobody writes into its buffer.
 */
public final class Tensor {
    private final DType dtype;
    private final Shape shape;
    private final ByteBuffer data;

    private Tensor(DType dtype, Shape shape, ByteBuffer data) {
        this.dtype = dtype;
        this.shape = shape;
        this.data = data;
    }

    /**
     * Creates a tensor of zeros on the Java heap.
     *
     * @throws IllegalArgumentException when it would exceed 2 GiB
     */
    public static Tensor zeros(DType dtype, Shape shape) {
        return new Tensor(
                dtype, shape, ByteBuffer.allocate(byteCount(dtype, shape)).order(ByteOrder.LITTLE_ENDIAN));
    }

    /**
     * Creates a float32 tensor with a copy of the values.
     *
     * @throws IllegalArgumentException when the number of values does not match the shape
     */
    public static Tensor of(float[] values, int... sizes) {
        Tensor t = zeros(DType.F32, checkCount(values.length, Shape.of(sizes)));
        t.data.asFloatBuffer().put(values);
        return t;
    }

    /** Creates a float64 tensor with a copy of the values; see {@link #of(float[], int...)}. */
    public static Tensor of(double[] values, int... sizes) {
        Tensor t = zeros(DType.F64, checkCount(values.length, Shape.of(sizes)));
        t.data.asDoubleBuffer().put(values);
        return t;
    }

    /** Creates an int32 tensor with a copy of the values; see {@link #of(float[], int...)}. */
    public static Tensor of(int[] values, int... sizes) {
        Tensor t = zeros(DType.I32, checkCount(values.length, Shape.of(sizes)));
        t.data.asIntBuffer().put(values);
        return t;
    }

    /**
     * Creates a tensor that shares existing memory.
     *
     * @param data buffer that contains exactly the elements from its position to its limit, little-endian
     * @throws IllegalArgumentException when the number of bytes does not match the shape
     */
    public static Tensor wrap(DType dtype, Shape shape, ByteBuffer data) {
        if (data.remaining() != byteCount(dtype, shape)) {
            throw new IllegalArgumentException("Tensor: " + dtype + " " + shape + " takes " + byteCount(dtype, shape)
                    + " bytes, got a buffer of " + data.remaining());
        }
        return new Tensor(dtype, shape, data.slice().order(ByteOrder.LITTLE_ENDIAN));
    }

    /**
     * Concatenates tensors along axis 0, padded with zeros, as for an incomplete batch.
     *
     * @param parts one or more tensors that may differ in axis 0 only
     * @param rows size of axis 0 of the result
     * @throws IllegalArgumentException when the parts differ, or have more rows
     */
    public static Tensor stack(List<Tensor> parts, int rows) {
        Tensor first = parts.get(0);
        Tensor out = zeros(first.dtype, first.shape.with(0, rows));
        ByteBuffer target = out.buffer();
        for (Tensor part : parts) {
            boolean alike = part.dtype == first.dtype
                    && part.shape.rank() == first.shape.rank()
                    && part.shape.with(0, rows).equals(out.shape);
            if (!alike || part.data.capacity() > target.remaining()) {
                throw new IllegalArgumentException(
                        "Tensor: the parts of a stack must be alike but for axis 0 and fit into " + out + ", got "
                                + parts);
            }
            target.put(part.buffer());
        }
        return out;
    }

    /** Converts to a float16 tensor of the nearest values, for storage at half the size. */
    public Tensor toHalf() {
        float[] values = toFloats();
        Tensor out = zeros(DType.F16, shape);
        ByteBuffer target = out.buffer();
        for (float value : values) {
            target.putShort(HalfFloats.toHalf(value));
        }
        return out;
    }

    private static Shape checkCount(int values, Shape shape) {
        if (values != shape.size()) {
            throw new IllegalArgumentException(
                    "Tensor: " + shape + " has " + shape.size() + " elements, got " + values + " values");
        }
        return shape;
    }

    private static int byteCount(DType dtype, Shape shape) {
        if (shape.size() > Integer.MAX_VALUE / dtype.bytes()) {
            throw new IllegalArgumentException("Tensor: one tensor may take at most 2 GiB, got " + dtype + " " + shape);
        }
        return (int) shape.size() * dtype.bytes();
    }

    /** Type of the elements. */
    public DType dtype() {
        return dtype;
    }

    /** The shape. */
    public Shape shape() {
        return shape;
    }

    /** Memory of the tensor, little-endian, from position 0 to the last byte; writes change this tensor. */
    public ByteBuffer buffer() {
        return data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The same memory in another shape.
     *
     * @throws IllegalArgumentException when the element counts differ
     */
    public Tensor reshape(int... sizes) {
        Shape to = Shape.of(sizes);
        if (to.size() != shape.size()) {
            throw new IllegalArgumentException("Tensor: reshape keeps the element count, got " + shape + " to " + to);
        }
        return new Tensor(dtype, to, data);
    }

    /**
     * Slices of axis 0, in the same memory.
     *
     * @param begin index of the first slice
     * @param end index after the last slice
     * @throws IndexOutOfBoundsException when a slice is out of range
     */
    public Tensor rows(int begin, int end) {
        Objects.checkFromToIndex(begin, end, shape.dim(0));
        Shape to = shape.with(0, end - begin);
        int row = data.capacity() / Math.max(1, shape.dim(0));
        return new Tensor(
                dtype, to, data.slice(begin * row, (end - begin) * row).order(ByteOrder.LITTLE_ENDIAN));
    }

    /** All elements as floats, converted if the type differs; a new array in row-major order. */
    public float[] toFloats() {
        float[] out = new float[(int) shape.size()];
        ElementReader.read(dtype, buffer(), out);
        return out;
    }

    /** All elements as doubles, converted if the type differs; a new array in row-major order. */
    public double[] toDoubles() {
        if (dtype == DType.F64) {
            double[] out = new double[(int) shape.size()];
            buffer().asDoubleBuffer().get(out);
            return out;
        }
        if (dtype == DType.I64) {
            return java.util.Arrays.stream(toLongs()).asDoubleStream().toArray();
        }
        float[] floats = toFloats();
        double[] out = new double[floats.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = floats[i];
        }
        return out;
    }

    /**
     * All elements as longs.
     *
     * @throws IllegalArgumentException when the type is a floating-point type
     */
    public long[] toLongs() {
        if (dtype.isFloat()) {
            throw new IllegalArgumentException("Tensor: toLongs reads integer types, got " + dtype);
        }
        long[] out = new long[(int) shape.size()];
        ElementReader.read(dtype, buffer(), out);
        return out;
    }

    /** Type and shape, without the values: {@code F32 [1, 197, 768]}. */
    @Override
    public String toString() {
        return dtype + " " + shape;
    }
}

package org.fovea.core.tensor;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Converts between {@link Tensor} and ND4J's {@link INDArray}; every conversion copies.
 *
 * <p>Arrays made here are row-major, live outside any workspace and are the caller's to close.
 */
public final class Nd4jTensors {
    private Nd4jTensors() {}

    /**
     * Converts a tensor to an array of its shape and type.
     *
     * @throws IllegalArgumentException when the type is not F32, F64, I32 or I64
     */
    public static INDArray toArray(Tensor tensor) {
        return switch (tensor.dtype()) {
            case F32, F64 -> toReal(tensor, tensor.dtype());
            case I32 -> toInts(tensor);
            case I64 ->
                shaped(tensor.shape(), DataType.INT64, (shape, type) -> Nd4j.create(tensor.toLongs(), shape, type));
            default ->
                throw new IllegalArgumentException("Nd4jTensors: the type must be F32, F64, I32 or I64, got " + tensor
                        + "; convert its elements first");
        };
    }

    /**
     * Converts a tensor to an array of its shape, with elements of any type converted to single or double precision.
     *
     * @throws IllegalArgumentException when {@code width} is neither F32 nor F64
     */
    public static INDArray toReal(Tensor tensor, DType width) {
        return switch (width) {
            case F32 ->
                shaped(tensor.shape(), DataType.FLOAT, (shape, type) -> Nd4j.create(tensor.toFloats(), shape, type));
            case F64 ->
                shaped(tensor.shape(), DataType.DOUBLE, (shape, type) -> Nd4j.create(tensor.toDoubles(), shape, type));
            default -> throw new IllegalArgumentException("Nd4jTensors: the width must be F32 or F64, got " + width);
        };
    }

    /**
     * Converts a tensor to an int32 array of its shape.
     *
     * @throws IllegalArgumentException when the type is not an integer type, or an element does not fit in 32 bits
     */
    public static INDArray toInts(Tensor tensor) {
        long[] longs = tensor.toLongs();
        int[] ints = new int[longs.length];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = (int) longs[i];
            if (ints[i] != longs[i]) {
                throw new IllegalArgumentException("Nd4jTensors: indices must fit 32 bits, got " + longs[i]
                        + " at position " + i + " of " + tensor);
            }
        }
        return shaped(tensor.shape(), DataType.INT32, (shape, type) -> Nd4j.create(ints, shape, type));
    }

    /**
     * Converts an array to a tensor of its shape, with elements in row-major order whatever the array's order or strides: F32,
     * F64, I32 or I64.
     *
     * @throws IllegalArgumentException when the array has another type
     */
    public static Tensor toTensor(INDArray array) {
        int[] sizes = Arrays.stream(array.shape()).mapToInt(Math::toIntExact).toArray();
        DType dtype = dtype(array);
        if (array.isEmpty()) {
            return Tensor.zeros(dtype, Shape.of(sizes));
        }
        return switch (dtype) {
            case F32 -> Tensor.of(floats(array), sizes);
            case F64 -> Tensor.of(doubles(array), sizes);
            case I32 -> Tensor.of(ints(array), sizes);
            default -> longs(array, sizes);
        };
    }

    /** The elements of a real array as doubles in row-major order. */
    public static double[] doubles(INDArray array) {
        if (array.isEmpty()) {
            return new double[0];
        }
        if (array.dataType() == DataType.DOUBLE) {
            return dense(array, a -> {
                double[] out = new double[(int) a.length()];
                a.data().asNioDouble().get(out);
                return out;
            });
        }
        float[] floats = floats(array);
        double[] out = new double[floats.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = floats[i];
        }
        return out;
    }

    /** The elements of an int32 array in row-major order. */
    public static int[] ints(INDArray array) {
        return array.isEmpty() ? new int[0] : dense(array, a -> a.data().asInt());
    }

    private static float[] floats(INDArray array) {
        return dense(array, a -> {
            float[] out = new float[(int) a.length()];
            FloatBuffer memory = a.data().asNioFloat();
            memory.get(out);
            return out;
        });
    }

    private static Tensor longs(INDArray array, int[] sizes) {
        long[] values = dense(array, a -> a.data().asLong());
        Tensor out = Tensor.zeros(DType.I64, Shape.of(sizes));
        out.buffer().asLongBuffer().put(values);
        return out;
    }

    /**
     * Runs work outside any workspace that the calling thread has open, so that the arrays it creates have memory of their own
     * and can be kept, shared and closed.
     */
    public static <T> T outsideWorkspaces(Supplier<T> work) {
        MemoryWorkspace scope = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        try {
            return work.get();
        } finally {
            scope.close();
        }
    }

    /**
     * Frees the memory of an array now; an empty array has none.
     *
     * @throws IllegalStateException when the array is a view, even a reshaped one: ND4J's {@code close} silently leaves
     *     those to the garbage collector
     */
    public static void free(INDArray array) {
        if (!array.closeable()) {
            throw new IllegalStateException(
                    "Nd4jTensors: the array to free must own its memory, got a view of " + array.shapeInfoToString());
        }
        array.close();
    }

    /** Returns whether the array covers its whole buffer, row-major without gaps. */
    public static boolean isDense(INDArray array) {
        return array.isEmpty()
                || (!array.isView()
                        && array.offset() == 0
                        && (array.rank() < 1 || array.ordering() == 'c')
                        && org.nd4j.linalg.api.shape.Shape.hasDefaultStridesForShape(array));
    }

    private static <T> T dense(INDArray array, Function<INDArray, T> reader) {
        if (isDense(array)) {
            return reader.apply(array);
        }
        INDArray copy = outsideWorkspaces(() -> array.dup('c'));
        try {
            return reader.apply(copy);
        } finally {
            free(copy);
        }
    }

    private static DType dtype(INDArray array) {
        return switch (array.dataType()) {
            case FLOAT -> DType.F32;
            case DOUBLE -> DType.F64;
            case INT -> DType.I32;
            case LONG -> DType.I64;
            default ->
                throw new IllegalArgumentException("Nd4jTensors: the array must be FLOAT, DOUBLE, INT or LONG, got "
                        + array.dataType() + "; use castTo");
        };
    }

    private static INDArray shaped(Shape shape, DataType type, BiFunction<long[], DataType, INDArray> make) {
        return outsideWorkspaces(
                () -> shape.size() == 0 ? Nd4j.create(type, shape.toLongs()) : make.apply(shape.toLongs(), type));
    }
}

package org.fovea.core.backend.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.BytePointer;
import org.fovea.core.graph.Constant;
import org.fovea.core.graph.Fill;
import org.fovea.core.graph.Op;
import org.fovea.core.graph.Parameter;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/** Brings parameters and constants into the memory of a program. */
final class WeightLowering {
    private WeightLowering() {}

    /** Value of a parameter, constant or fill as dense single-precision (or int32) elements. */
    static View plain(Lowering to, Value value) {
        Op op = value.node().op();
        int[] sizes = value.shape().toArray();
        if (op instanceof Parameter p) {
            check(to, p);
            if (to.state != null) {
                return to.state.view(p, () -> read(to, p));
            }
            return to.weights
                    .use(plainKey(p), () -> new WeightStore.Packed(read(to, p), null, null))
                    .view(ElementType.F32, sizes);
        }
        if (op instanceof Fill f) {
            float[] values = new float[Math.toIntExact(f.shape().size())];
            Arrays.fill(values, (float) f.number());
            return to.constant(values, sizes);
        }
        if (op instanceof Constant c) {
            return constant(to, c.tensor(), sizes);
        }
        throw new IllegalStateException("no memory was planned for " + value.node());
    }

    private static String plainKey(Parameter parameter) {
        return parameter.name() + ":plain";
    }

    private static View constant(Lowering to, Tensor tensor, int[] sizes) {
        if (tensor.dtype().isFloat()) {
            return to.constant(tensor.toFloats(), sizes);
        }
        long[] values = tensor.toLongs();
        BytePointer memory = to.own(new BytePointer(Math.max(1, 4L * values.length)));
        var ints = NativeAddress.bytes(memory.address(), 4L * values.length).asIntBuffer();
        for (long v : values) {
            ints.put(Math.toIntExact(v));
        }
        return View.dense(Storage.shared(memory, memory.capacity()), ElementType.S32, sizes);
    }

    static void check(Lowering to, Parameter parameter) {
        Shape actual = to.parameters.shape(parameter.name());
        if (!actual.equals(parameter.shape())) {
            throw new IllegalArgumentException("compile: parameter \"" + parameter.name() + "\" must be "
                    + parameter.shape() + " as the graph has it, got " + actual);
        }
    }

    /** Reads a parameter as floats into new native memory. */
    private static BytePointer read(Lowering to, Parameter parameter) {
        long bytes = 4 * parameter.shape().size();
        return filled(Math.max(1, bytes), memory -> {
            FloatBuffer floats = NativeAddress.bytes(memory.address(), bytes).asFloatBuffer();
            to.parameters.readFloats(parameter.name(), floats);
        });
    }

    /** Allocates native memory and fills it; frees it if filling fails. */
    private static BytePointer filled(long bytes, Consumer<BytePointer> contents) {
        BytePointer memory = new BytePointer(bytes);
        try {
            contents.accept(memory);
            return memory;
        } catch (RuntimeException | Error e) {
            memory.close();
            throw e;
        }
    }

    /**
     * Packs a linear map's weight, {@code [out, in]} in the checkpoint, in the layout that a product needs.
     *
     * @param type F32, BF16, or S8 with a scale per output channel
     * @param desc layout of {@code [in, out]}
     */
    static WeightStore.Packed pack(Lowering to, Parameter parameter, ElementType type, memory.desc desc) {
        check(to, parameter);
        int out = parameter.shape().dim(0);
        int in = parameter.shape().dim(1);
        boolean scaled = type == ElementType.S8;
        ElementType from = scaled ? ElementType.S8 : ElementType.F32;
        memory.desc transposed = new memory.desc(new long[] {in, out}, from.code, new long[] {1, in});
        int limit = to.runtime.largestEightBitWeight();
        WeightStore.Packed known = scaled ? null : to.weights.find(plainKey(parameter));
        if (known != null) { // embeddings that also give the scores of words are not read twice
            return new WeightStore.Packed(reordered(to.runtime, transposed, known.memory, desc), desc, null);
        }
        try (BytePointer plain = read(to, parameter)) {
            if (!scaled) {
                return new WeightStore.Packed(reordered(to.runtime, transposed, plain, desc), desc, null);
            }
            BytePointer[] packed = new BytePointer[1];
            BytePointer scales = filled(4L * out, s -> {
                quantize(plain, limit, in, s);
                packed[0] = reordered(to.runtime, transposed, plain, desc);
            });
            return new WeightStore.Packed(packed[0], desc, scales);
        }
    }

    /** Packs a convolution's kernel in the layout that the primitive chose, {@code sizes} including an axis for groups. */
    static WeightStore.Packed packKernel(Lowering to, Parameter parameter, long[] sizes, memory.desc desc) {
        check(to, parameter);
        int[] ints = Arrays.stream(sizes).mapToInt(Math::toIntExact).toArray();
        memory.desc dense = new memory.desc(sizes, ElementType.F32.code, View.denseStrides(ints));
        try (BytePointer plain = read(to, parameter)) {
            return new WeightStore.Packed(reordered(to.runtime, dense, plain, desc), desc, null);
        }
    }

    private static BytePointer reordered(Runtime runtime, memory.desc fromDesc, BytePointer from, memory.desc toDesc) {
        return filled(toDesc.get_size(), to -> reorder(runtime, fromDesc, from, toDesc, to));
    }

    private static void reorder(
            Runtime runtime, memory.desc fromDesc, BytePointer from, memory.desc toDesc, BytePointer to) {
        try (memory source = new memory(fromDesc, runtime.engine, from);
                memory target = new memory(toDesc, runtime.engine, to);
                reorder copy = new reorder(source, target);
                IntMemoryMap args = new IntMemoryMap();
                stream stream = new stream(runtime.engine)) {
            args.put(DNNL_ARG_FROM, source);
            args.put(DNNL_ARG_TO, target);
            copy.execute(stream, args);
            stream._wait();
        }
    }

    /** Quantizes each row to [-limit, limit] times its own scale; the bytes replace the floats in place. */
    private static void quantize(BytePointer memory, int limit, int columns, BytePointer scaleMemory) {
        FloatBuffer scales = NativeAddress.bytes(scaleMemory.address(), scaleMemory.capacity())
                .asFloatBuffer();
        var bytes = NativeAddress.bytes(memory.address(), memory.capacity());
        FloatBuffer floats = bytes.asFloatBuffer();
        float[] row = new float[columns];
        byte[] rounded = new byte[columns];
        for (int r = 0; r < scales.capacity(); r++) {
            floats.get(r * columns, row);
            float largest = 0;
            for (float v : row) {
                largest = Math.max(largest, Math.abs(v));
            }
            float scale = largest > 0 ? largest / limit : 1;
            for (int c = 0; c < columns; c++) {
                rounded[c] = (byte) Math.rint(row[c] / scale);
            }
            scales.put(r, scale);
            bytes.put(r * columns, rounded);
        }
    }
}

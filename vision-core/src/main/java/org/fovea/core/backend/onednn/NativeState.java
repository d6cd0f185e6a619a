package org.fovea.core.backend.onednn;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.fovea.core.backend.StateMemory;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.HalfFloats;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/** A state's dense elements in native memory. */
final class NativeState extends StateMemory {
    private static final int ALIGNMENT = 64;

    private final ElementType type;
    private final Shape shape;
    private final BytePointer memory;
    private final long address;
    private final int bytes;

    NativeState(ElementType type, Shape shape) {
        this.type = type;
        this.shape = shape;
        this.bytes = Math.toIntExact(Math.multiplyExact(shape.size(), type.bytes));
        this.memory = new BytePointer((long) bytes + ALIGNMENT);
        this.address = (memory.address() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        clear();
    }

    ElementType type() {
        return type;
    }

    long address() {
        return address;
    }

    private ByteBuffer buffer() {
        return NativeAddress.bytes(address, bytes);
    }

    @Override
    protected Tensor get() {
        if (type == ElementType.F32) {
            Tensor out = Tensor.zeros(DType.F32, shape);
            out.buffer().put(buffer());
            return out;
        }
        Tensor narrow = Tensor.zeros(DType.BF16, shape);
        narrow.buffer().put(buffer());
        return Tensor.of(narrow.toFloats(), shape.toArray());
    }

    @Override
    protected void set(Tensor value) {
        FloatBuffer floats =
                value.dtype() == DType.F32 ? value.buffer().asFloatBuffer() : FloatBuffer.wrap(value.toFloats());
        if (type == ElementType.F32) {
            buffer().asFloatBuffer().put(floats);
            return;
        }
        ShortBuffer narrow = buffer().asShortBuffer();
        while (floats.hasRemaining()) {
            narrow.put(HalfFloats.toBfloat16(floats.get()));
        }
    }

    @Override
    protected void selectRows(int[] rows) {
        if (bytes == 0) {
            return;
        }
        int row = bytes / rows.length;
        ByteBuffer to = buffer();
        ByteBuffer from = ByteBuffer.allocate(row * rows.length);
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] != i) {
                from.put(i * row, to, rows[i] * row, row);
            }
        }
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] != i) {
                to.put(i * row, from, i * row, row);
            }
        }
    }

    @Override
    protected void clear() {
        Pointer.memset(new NativeAddress(address), 0, bytes);
    }

    @Override
    protected void free() {
        memory.close();
    }
}

package org.fovea.core.backend.onednn;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.stream.IntStream;
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
        int[] from = rows.clone(); // a row that has its final contents is its own source
        for (int i = unread(from); i >= 0; i = unread(from)) {
            to.put(i * row, to, from[i] * row, row);
            from[i] = i;
        }
        exchange(to, from, row);
    }

    /** Finds a row that must be replaced and is not the source of another one any more, or -1. */
    private static int unread(int[] from) {
        for (int i = 0; i < from.length; i++) {
            int row = i;
            if (from[i] != i && IntStream.of(from).noneMatch(source -> source == row)) {
                return i;
            }
        }
        return -1;
    }

    /** Moves the remaining rows, each of which is also the source of another one, using a copy. */
    private static void exchange(ByteBuffer to, int[] from, int row) {
        int[] moved = IntStream.range(0, from.length).filter(i -> from[i] != i).toArray();
        ByteBuffer copy = ByteBuffer.allocate(moved.length * row);
        for (int k = 0; k < moved.length; k++) {
            copy.put(k * row, to, from[moved[k]] * row, row);
        }
        for (int k = 0; k < moved.length; k++) {
            to.put(moved[k] * row, copy, k * row, row);
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

package org.fovea.core.backend.onednn;

import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.javacpp.BytePointer;
import org.fovea.core.graph.Parameter;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/** The parameters of a training program in single precision, in place: its steps read and write this memory. */
final class TrainingState implements AutoCloseable {
    private final Map<String, BytePointer> memory = new LinkedHashMap<>();
    private final Map<String, Shape> shapes = new LinkedHashMap<>();

    /** Memory of a parameter, filled at its first use. */
    View view(Parameter parameter, Supplier<BytePointer> values) {
        BytePointer at = memory.computeIfAbsent(parameter.name(), n -> values.get());
        shapes.put(parameter.name(), parameter.shape());
        return View.dense(
                Storage.shared(at, at.capacity()),
                ElementType.F32,
                parameter.shape().toArray());
    }

    Tensor get(String name) {
        Tensor out = Tensor.zeros(DType.F32, shape(name));
        out.buffer().asFloatBuffer().put(floats(name));
        return out;
    }

    void set(String name, Tensor value) {
        if (!value.shape().equals(shape(name))) {
            throw new IllegalArgumentException(
                    "setParameter: \"" + name + "\" must be " + shape(name) + ", got " + value);
        }
        floats(name)
                .put(value.dtype() == DType.F32 ? value.buffer().asFloatBuffer() : FloatBuffer.wrap(value.toFloats()));
    }

    private Shape shape(String name) {
        Shape shape = shapes.get(name);
        if (shape == null) {
            throw new IllegalArgumentException(
                    "the parameter must be one of " + shapes.keySet() + ", got \"" + name + "\"");
        }
        return shape;
    }

    private FloatBuffer floats(String name) {
        return NativeAddress.bytes(memory.get(name).address(), 4 * shape(name).size())
                .asFloatBuffer();
    }

    @Override
    public void close() {
        memory.values().forEach(BytePointer::close);
        memory.clear();
        shapes.clear();
    }
}

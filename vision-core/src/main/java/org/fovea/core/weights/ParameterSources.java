package org.fovea.core.weights;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/** The kinds of {@link ParameterSource}. */
final class ParameterSources {
    private ParameterSources() {}

    /** A tensor of a file, left there; seen under a shape with as many elements. */
    record Stored(TensorFile file, String name, Shape shape) implements ParameterSource {
        @Override
        public DType dtype() {
            return file.info(name).dtype();
        }

        @Override
        public Tensor tensor() {
            return file.tensor(name).reshape(shape.toArray());
        }

        @Override
        public void readFloats(long from, FloatBuffer target) {
            file.readFloats(name, from, target);
        }
    }

    /** A tensor in memory. */
    record InMemory(Tensor tensor) implements ParameterSource {
        @Override
        public Shape shape() {
            return tensor.shape();
        }

        @Override
        public DType dtype() {
            return tensor.dtype();
        }

        @Override
        public void readFloats(long from, FloatBuffer target) {
            int bytes = dtype().bytes();
            ByteBuffer part = tensor.buffer().slice((int) from * bytes, target.remaining() * bytes);
            Floats.convert(dtype(), part, target);
        }
    }

    /** Several sources one after another along axis 0; float32 as a tensor. */
    record Concatenated(List<ParameterSource> parts, Shape shape) implements ParameterSource {
        @Override
        public void readFloats(long from, FloatBuffer target) {
            int limit = target.limit();
            long start = 0;
            for (ParameterSource part : parts) {
                long end = start + part.shape().size();
                long at = Math.max(from, start);
                int n = (int) Math.min(limit - target.position(), end - at);
                if (n > 0) {
                    part.readFloats(at - start, target.limit(target.position() + n));
                    from = at + n;
                }
                start = end;
            }
            target.limit(limit);
        }
    }

    /** The transpose of a matrix, made at each reading; float32 as a tensor. */
    record Transposed(ParameterSource stored, Shape shape) implements ParameterSource {
        @Override
        public void readFloats(long from, FloatBuffer target) {
            int rows = shape.dim(0);
            int columns = shape.dim(1);
            float[] all = new float[rows * columns]; // [columns, rows]
            stored.readFloats(0, FloatBuffer.wrap(all));
            float[] row = new float[columns];
            long at = from;
            while (target.hasRemaining()) {
                int i = (int) (at / columns);
                int begin = (int) (at % columns);
                int n = Math.min(target.remaining(), columns - begin);
                for (int j = begin; j < begin + n; j++) {
                    row[j] = all[j * rows + i];
                }
                target.put(row, begin, n);
                at += n;
            }
        }
    }

    /** Initial values, drawn anew and alike at each reading, so that none need be kept. */
    record Initial(Initializer.Draw draw, Shape shape, long seed) implements ParameterSource {
        @Override
        public void readFloats(long from, FloatBuffer target) {
            SeededBlocks.fill(draw, seed, from, target);
        }
    }
}

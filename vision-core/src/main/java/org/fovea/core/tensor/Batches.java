package org.fovea.core.tensor;

import java.nio.FloatBuffer;
import java.util.List;

/** Rows put together as one tensor. */
public final class Batches {
    private Batches() {}

    /**
     * Rows of one batch.
     *
     * @param rows float32, {@code [1, ...]} each, all of one shape
     * @param count of rows of the result, at least as many as there are
     * @return {@code [count, ...]}, zeros after the rows there are
     */
    public static Tensor stack(List<Tensor> rows, int count) {
        Tensor out = Tensor.zeros(DType.F32, rows.get(0).shape().with(0, count));
        FloatBuffer target = out.buffer().asFloatBuffer();
        rows.forEach(row -> target.put(row.buffer().asFloatBuffer()));
        return out;
    }
}

package org.fovea.core.backend;

import java.util.Map;
import java.util.OptionalLong;
import org.fovea.core.tensor.Tensor;

/**
 * A compiled graph: immutable, safe to share between threads, and holding native memory until it is closed.
 *
 * <p>Closing while another thread runs waits for that run to end.
 */
public interface Program extends AutoCloseable {
    /**
     * Computes the graph's named outputs.
     *
     * @param inputs for every input of the graph that the outputs need, a tensor of its shape: F32 or F64 for real
     *     numbers, I32 or I64 for indices
     * @return the outputs by name, in the graph's order: F32 (F64 for a program of that precision) for real numbers, I32
     *     for indices; new memory that the caller owns
     * @throws IllegalArgumentException when an input is missing, unknown, or of another shape or type
     * @throws IllegalStateException when the program is closed
     */
    Map<String, Tensor> run(Map<String, Tensor> inputs);

    /** Bytes of native memory that one run takes beside the weights; empty where the backend does not plan it. */
    default OptionalLong runBytes() {
        return OptionalLong.empty();
    }

    @Override
    void close();
}

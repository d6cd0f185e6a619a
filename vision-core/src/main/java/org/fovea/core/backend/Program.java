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
     * @throws IllegalStateException when the program is closed, or its graph has states: those need a session
     */
    Map<String, Tensor> run(Map<String, Tensor> inputs);

    /**
     * Opens a session, which keeps the graph's states between runs. One for each caller; close it.
     *
     * @throws IllegalStateException when the program is closed
     */
    ProgramSession openSession();

    /**
     * Opens a session that goes on from one of another program, such as the next step from the prompt or the decoder from
     * the encoder. A state of the same name and shape is shared: what one session's runs write the other's read, and its
     * memory is freed when both are closed. A state that is longer here along some axes, such as a cache of more capacity,
     * starts as a copy with zeros beyond; one that the other session lacks starts with zeros. Programs of different backends
     * or precisions copy instead of sharing.
     *
     * @param earlier open; may be closed before the new session
     * @throws IllegalArgumentException when a state is smaller here
     * @throws IllegalStateException when the program or the other session is closed
     */
    ProgramSession openSession(ProgramSession earlier);

    /** Bytes of native memory that one run takes beside the weights; empty where the backend does not plan it. */
    default OptionalLong runBytes() {
        return OptionalLong.empty();
    }

    @Override
    void close();
}

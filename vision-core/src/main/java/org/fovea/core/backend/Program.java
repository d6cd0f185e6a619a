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
     * @param inputs tensors for all inputs of the graph that the outputs need, of their shapes: F32 or F64 for real numbers,
     *     I32 or I64 for indices
     * @return outputs by name, in the graph's order: F32 (F64 for a program of that precision) for real numbers, I32 for
     *     indices; new memory that the caller owns
     * @throws IllegalArgumentException when an input is missing, unknown, or of another shape or type
     * @throws IllegalStateException when the program is closed, or its graph has states: those need a session
     */
    Map<String, Tensor> run(Map<String, Tensor> inputs);

    /**
     * Opens a session, which keeps the graph's states between runs. Each caller needs its own, and closes it.
     *
     * @throws IllegalStateException when the program is closed
     */
    ProgramSession openSession();

    /**
     * Opens a session that continues from one of another program, such as the next step from the prompt or the decoder from the
     * encoder. A state of the same name and shape is shared: each session sees what the other writes, and the memory is freed
     * when both are closed. A state that is longer here along some axes, such as a cache of more capacity, starts as a copy
     * with zeros beyond; a state that the other session lacks starts with zeros. Programs of different backends or precisions
     * copy instead of sharing.
     *
     * @param earlier open session; may be closed before the new one
     * @throws IllegalArgumentException when a state is smaller here
     * @throws IllegalStateException when the program or the other session is closed
     */
    ProgramSession openSession(ProgramSession earlier);

    /** Bytes of native memory that one run needs in addition to the weights; empty if the backend does not plan it. */
    default OptionalLong runBytes() {
        return OptionalLong.empty();
    }

    @Override
    void close();
}

package org.fovea.core.backend;

import java.util.Map;
import org.fovea.core.tensor.Tensor;

/**
 * The states of one caller of a {@link Program}, from {@link Program#openSession()}: what {@link
 * org.fovea.core.graph.Graph#state} declares, zeros when the session is opened, kept and changed from run to run.
 *
 * <p>Sessions do not disturb each other, whatever threads they run in. One session is for one caller: its methods wait for
 * each other, and so do those of sessions that share states. It holds native memory until it is closed, also after its
 * program was.
 *
 * <p>States are float32, or float64 in a program of that precision; those of {@link org.fovea.core.graph.Graph#cache} are
 * bfloat16 at {@link Precision#BF16} and, on processors that multiply bfloat16, at {@link Precision#INT8}. {@link #get} and
 * {@link #set} convert.
 */
public interface ProgramSession extends AutoCloseable {
    /**
     * Computes the graph's named outputs and then sets the states to their next values.
     *
     * @param inputs as for {@link Program#run}. An input that is the index of a gather or scatter is checked before the run
     *     starts; any other failure of a run may leave states partly changed
     * @return as {@link Program#run}
     * @throws IllegalArgumentException when an input is missing, unknown, or of another shape or type, or an index is out of
     *     range, such as a position beyond a cache's capacity
     * @throws IllegalStateException when the session or its program is closed
     */
    Map<String, Tensor> run(Map<String, Tensor> inputs);

    /**
     * Current value of a state: F32, or F64 for a program of that precision, in new memory.
     *
     * @throws IllegalArgumentException when the program has no such state
     */
    Tensor get(String state);

    /**
     * Sets a state.
     *
     * @param value F32 or F64, of the state's shape
     * @throws IllegalArgumentException when the program has no such state, or its shape or type differs
     */
    void set(String state, Tensor value);

    /**
     * Reorders a state along its first axis, as needed by beams that continue other beams: row i becomes the former row {@code
     * rows[i]}. Rows that keep their positions cost nothing.
     *
     * @param rows former row of each row, as many as the axis is long
     * @throws IllegalArgumentException when the program has no such state, or a row is out of range
     */
    void selectRows(String state, int... rows);

    /** Sets every state to zeros, including those shared with other sessions. */
    void reset();

    @Override
    void close();
}

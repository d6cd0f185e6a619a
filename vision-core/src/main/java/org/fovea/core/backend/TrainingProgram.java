package org.fovea.core.backend;

import org.fovea.core.tensor.Tensor;

/**
 * A program whose parameters change: each run computes the outputs from the parameters as they are, then sets those that
 * {@link org.fovea.core.graph.Graph#update} names to their next values, in place.
 *
 * <p>Runs of several threads follow one another. Parameters are float32 (F64: float64) whatever the precision of the
 * products.
 */
public interface TrainingProgram extends Program {
    /** Always fails: {@link Backend#compileTraining} refuses graphs with states. */
    @Override
    default ProgramSession openSession() {
        throw new UnsupportedOperationException(
                "openSession: a training program has parameters and no states; compile the graph for inference");
    }

    /** Always fails, like {@link #openSession()}. */
    @Override
    default ProgramSession openSession(ProgramSession earlier) {
        return openSession();
    }

    /**
     * Current value of a parameter, in new memory.
     *
     * @throws IllegalArgumentException when the program has no such parameter
     */
    Tensor parameter(String name);

    /**
     * Sets a parameter.
     *
     * @throws IllegalArgumentException when the program has no such parameter, or the shape differs
     */
    void setParameter(String name, Tensor value);
}

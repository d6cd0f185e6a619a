package org.fovea.core.backend;

import java.util.Optional;
import org.fovea.core.graph.Graph;

/** Engine that runs graphs. Implementations are thread-safe. */
public interface Backend {
    /** Name by which users choose the backend: {@code onednn} or {@code nd4j}. */
    String name();

    /** Reason why programs of this precision do not run on this machine, with an alternative; empty if they do. */
    Optional<String> reasonAgainst(Precision precision);

    /** Returns whether programs of this precision run on this machine. */
    default boolean supports(Precision precision) {
        return reasonAgainst(precision).isEmpty();
    }

    /**
     * Compiles a graph: everything that does not need inputs is done here.
     *
     * @param graph graph whose named outputs the program computes; not changed, and not needed afterwards
     * @param parameters source of every parameter that the outputs need; not needed afterwards
     * @throws IllegalArgumentException when a parameter is missing or of another shape, or the precision is not
     *     supported
     */
    Program compile(Graph graph, WeightSource parameters, Precision precision);

    /**
     * Compiles a graph with updates: the program starts from the given parameters and changes them in each run.
     *
     * @param graph graph whose named outputs and updates the program computes
     * @param parameters initial parameters; copied, and not needed afterwards
     * @throws IllegalArgumentException as in {@link #compile}, for a precision that cannot train, and for a graph with states
     */
    TrainingProgram compileTraining(Graph graph, WeightSource parameters, Precision precision);

    /**
     * Speed of plain matrix products in a precision on this machine: the best of some products {@code 1576 x 768 x 3072} (the
     * largest of ViT-B/16 at batch 8), in 10⁹ operations per second. Takes a fraction of a second.
     *
     * @throws IllegalArgumentException when the precision is not supported
     */
    double productGflops(Precision precision);
}

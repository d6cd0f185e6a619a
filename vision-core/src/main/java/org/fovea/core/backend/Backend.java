package org.fovea.core.backend;

import java.util.Optional;
import org.fovea.core.graph.Graph;

/** Engine that runs graphs. Implementations are thread-safe. */
public interface Backend {
    /** The name by which users choose it: {@code onednn} or {@code nd4j}. */
    String name();

    /** The reason why programs of this precision do not run here, and what to use; empty where they do. */
    Optional<String> reasonAgainst(Precision precision);

    /** Returns whether programs of this precision run here. */
    default boolean supports(Precision precision) {
        return reasonAgainst(precision).isEmpty();
    }

    /**
     * Prepares a graph: everything that can be done before the first input is done here.
     *
     * @param graph not changed, and not needed afterwards; its named outputs are what the program computes
     * @param parameters asked for every parameter the outputs need, and not needed afterwards
     * @throws IllegalArgumentException when a parameter is missing or of another shape, or the precision is not
     *     supported
     */
    Program compile(Graph graph, WeightSource parameters, Precision precision);

    /**
     * Prepares a graph with updates: the program starts from the given parameters and changes them run by run.
     *
     * @param graph its named outputs and its updates are what the program computes
     * @param parameters copied; not changed, and not needed afterwards
     * @throws IllegalArgumentException as {@link #compile}; also at a precision that does not train, and for a graph with
     *     states
     */
    TrainingProgram compileTraining(Graph graph, WeightSource parameters, Precision precision);

    /**
     * Speed of matrix products in a precision and nothing else on this machine: the best of some products {@code 1576 x 768
     * x 3072} (the largest of ViT-B/16 at batch 8), in 10⁹ operations per second. Takes a fraction of a second.
     *
     * @throws IllegalArgumentException when the precision is not supported
     */
    double productGflops(Precision precision);
}

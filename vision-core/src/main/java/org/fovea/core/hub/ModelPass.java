package org.fovea.core.hub;

import org.fovea.core.graph.Flops;
import org.fovea.core.graph.Graph;

/**
 * A graph that a model runs, as part of its description.
 *
 * @param part of the model: {@code decoder}
 * @param unit served by a run: {@code a token}
 * @param flops floating-point operations of a run as {@link Flops} counts them
 */
public record ModelPass(String part, String unit, Graph graph, long flops) {
    /** A pass with its operations counted. */
    public static ModelPass of(String part, String unit, Graph graph) {
        return new ModelPass(part, unit, graph, Flops.of(graph));
    }
}

package org.fovea.core.hub;

import org.fovea.core.graph.Flops;
import org.fovea.core.graph.Graph;

/**
 * A graph that a model runs, as part of its description.
 *
 * @param part part of the model: {@code decoder}
 * @param unit unit that one run computes: {@code a token}
 * @param flops floating-point operations of a run, counted by {@link Flops}
 */
public record ModelPass(String part, String unit, Graph graph, long flops) {
    /** Creates a pass and counts its operations. */
    public static ModelPass of(String part, String unit, Graph graph) {
        return new ModelPass(part, unit, graph, Flops.of(graph));
    }
}

package org.fovea.core.testing;

import java.util.function.Consumer;
import org.fovea.core.graph.Op;

/**
 * One small seeded instance of an operation; {@link #build} gives the same graph and numbers every time.
 *
 * @param name says operation, attributes and sizes; unique
 * @param op the operation it is a case of
 */
public record OpCase(String name, Class<? extends Op> op, Consumer<CaseGraph> builder) {
    /** A new graph with its inputs. */
    public CaseGraph build() {
        CaseGraph graph = new CaseGraph(name.hashCode());
        builder.accept(graph);
        return graph;
    }

    @Override
    public String toString() {
        return name;
    }
}

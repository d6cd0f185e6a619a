package org.fovea.core.testing;

import java.util.function.Consumer;

/**
 * One small seeded instance of a block; {@link #build} gives the same graph and numbers every time.
 *
 * @param name says the sizes; seeds the inputs
 * @param builder asks for inputs ({@link CaseGraph#normal} and the like), builds the block under
 *     {@link CaseGraph#scope()} and names its results with {@link CaseGraph#output}
 */
public record BlockCase(String name, Consumer<CaseGraph> builder) {
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

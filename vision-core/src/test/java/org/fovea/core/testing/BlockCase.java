package org.fovea.core.testing;

import java.util.function.Consumer;

/**
 * One small seeded instance of a block; {@link #build} gives the same graph and numbers every time.
 *
 * @param name says the sizes; seeds the inputs
 * @param builder asks for inputs ({@link CaseGraph#normal} and the like), builds the block under
 *     {@link CaseGraph#scope()} and names its results with {@link CaseGraph#output}
 * @param bfloat how far results in bfloat16 may be off, relative above 1; say why where it is not the usual bound
 */
public record BlockCase(String name, Consumer<CaseGraph> builder, double bfloat) {
    /** Eight bits of mantissa through a few products. */
    private static final double BFLOAT = 6e-2;

    /** A case with the usual bound. */
    public BlockCase(String name, Consumer<CaseGraph> builder) {
        this(name, builder, BFLOAT);
    }

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

package org.fovea.core.nn;

import java.util.Arrays;
import org.fovea.core.graph.Dropout;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Shape;

/**
 * The random drops of one training graph, or of a graph that drops nothing. Each drop has a stream of its own under the
 * seed that every run supplies. Not thread-safe.
 */
public final class Drops {
    /** The index input {@code [1]} of a graph that drops: another number at each step. */
    public static final String SEED = "dropout_seed";

    private final Value seed;
    private int streams;

    private Drops(Value seed) {
        this.seed = seed;
    }

    /** Drops nothing, whatever the rate: for inference. */
    public static Drops none() {
        return new Drops(null);
    }

    /** Adds the input {@link #SEED} where these rates need one. */
    public static Drops of(Graph graph, DropRates rates) {
        return rates.isNone() ? none() : new Drops(graph.indexInput(SEED, 1));
    }

    /** Dropout of elements. */
    public Value elements(Value x, double rate) {
        return isIdle(rate) ? x : x.graph().apply(new Dropout(rate, streams++), x, seed);
    }

    /**
     * Stochastic depth: leaves out a residual branch for some images and scales it for the others.
     *
     * @param branch {@code [B, ...]}
     */
    public Value images(Value branch, double rate) {
        if (isIdle(rate)) {
            return branch;
        }
        Shape shape = branch.shape();
        int[] each = new int[shape.rank()];
        Arrays.fill(each, 1);
        each[0] = shape.dim(0);
        Value kept = branch.graph().fill(1, each); // [B, 1, ...]
        return branch.multiply(elements(kept, rate));
    }

    private boolean isIdle(double rate) {
        return seed == null || rate == 0;
    }
}

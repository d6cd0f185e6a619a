package org.fovea.core.nn;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.fovea.core.graph.Dropout;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;

/**
 * Random drops of one training graph, or of a graph that drops nothing. Each drop has a stream of its own under the seed that
 * every run supplies. Blocks reach it through their {@link Scope}.
 */
public final class DropoutContext {
    /** Index input {@code [1]} of a graph with dropout: a different number at each step. */
    public static final String SEED = "dropout_seed";

    /** Context without dropout. */
    static final DropoutContext NONE = new DropoutContext(null, DropRates.none(), new AtomicInteger());

    private final Value seed;
    private final DropRates rates;
    private final AtomicInteger streams;

    private DropoutContext(Value seed, DropRates rates, AtomicInteger streams) {
        this.seed = seed;
        this.rates = rates;
        this.streams = streams;
    }

    /** Creates a context, and adds the input {@link #SEED} if these rates need one. */
    static DropoutContext of(Graph graph, DropRates rates) {
        return rates.isNone() ? NONE : new DropoutContext(graph.indexInput(SEED, 1), rates, new AtomicInteger());
    }

    /** Copy with the same random streams and other rates. */
    DropoutContext with(DropRates others) {
        return new DropoutContext(seed, others, streams);
    }

    /** Rates of this context. */
    public DropRates rates() {
        return rates;
    }

    Value elements(Value x, double rate) {
        return isIdle(rate) ? x : x.graph().apply(new Dropout(rate, streams.getAndIncrement()), x, seed);
    }

    Value branches(Value branch, double rate) {
        if (isIdle(rate)) {
            return branch;
        }
        int[] each = new int[branch.shape().rank()];
        Arrays.fill(each, 1);
        each[0] = branch.shape().dim(0);
        Value kept = branch.graph().fill(1, each); // [B, 1, ...]
        return branch.multiply(elements(kept, rate));
    }

    private boolean isIdle(double rate) {
        return seed == null || rate == 0;
    }
}

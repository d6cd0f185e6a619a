package org.fovea.core.nn;

import org.fovea.core.graph.Value;

/** The part of a transformer block that looks at each token alone: {@code [B, N, width]} to the same shape. */
public sealed interface FeedForward permits Mlp, SwiGlu {
    /** Adds the block and its weights {@code in} and {@code out}. */
    Value build(Scope scope, Value x);

    /** The number of channels between the two linear maps, after any gate. */
    int hidden();

    /** The number of rows of the first map's weight. */
    int inRows();
}

package org.fovea.core.nn;

import org.fovea.core.Check;
import org.fovea.core.graph.Value;

/**
 * y = x·Wᵀ + b over the last axis.
 *
 * @param out size of the last axis of y
 * @param bias whether there is a b
 */
public record LinearLayer(int out, boolean bias) {
    /** Checks the size. */
    public LinearLayer {
        Check.positive("LinearLayer: out", out);
    }

    /** Adds the map and its weights {@code weight} [out, in] and {@code bias} [out]. */
    public Value build(Scope scope, Value x) {
        Value weight = scope.parameter("weight", out, x.shape().dim(-1));
        return bias ? x.linear(weight, scope.parameter("bias", out)) : x.linear(weight); // [..., out]
    }
}

package org.fovea.core.nn;

import org.fovea.core.graph.Value;

/** Placement of the layer norm of a residual branch f. */
public enum NormPlacement {
    /**
     * Pre-norm, x + f(norm(x)): trains without warm-up, and needs one more norm at the end (Xiong et al., arXiv 2002.04745).
     */
    BEFORE,
    /** Post-norm, norm(x + f(x)), as first published (Vaswani et al., arXiv 1706.03762). */
    AFTER,
    /**
     * Both, y = norm₂(x + f₁(norm₁(x))), then y + f₂(y): the second residual path starts after its norm, as in the code of the
     * compact transformers (Hassani et al., arXiv 2104.05704).
     */
    COMPACT,
    /** Residual post-norm, x + norm(f(x)): the norm ends the branch (Liu et al., arXiv 2111.09883). */
    BRANCH;

    /** Input of the residual branch. */
    Value enter(LayerNormLayer norm, Scope scope, Value x) {
        return this == BEFORE || this == COMPACT ? norm.build(scope, x) : x;
    }

    /** Output of the residual branch. */
    Value end(LayerNormLayer norm, Scope scope, Value branch) {
        return this == BRANCH ? norm.build(scope, branch) : branch;
    }

    /** Output of the block. */
    Value leave(LayerNormLayer norm, Scope scope, Value sum) {
        return this == AFTER ? norm.build(scope, sum) : sum;
    }
}

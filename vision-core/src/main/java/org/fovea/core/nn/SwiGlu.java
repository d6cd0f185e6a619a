package org.fovea.core.nn;

import org.fovea.core.Check;
import org.fovea.core.graph.Value;

/**
 * A gated feed-forward block: y = (silu(g)·v)·W_outᵀ + b with [g v] = x·W_inᵀ + b.
 *
 * @param hidden width of g and of v
 * @see <a href="https://arxiv.org/abs/2002.05202">Shazeer 2020, equation 6</a>
 */
public record SwiGlu(int hidden) implements FeedForward {
    private static final int ALIGNMENT = 8;

    /** Checks the size. */
    public SwiGlu {
        Check.positive("SwiGlu: hidden", hidden);
    }

    /**
     * Creates the block with which DINOv2 replaces an {@link Mlp}: two thirds of its hidden width, rounded up to a multiple of
     * 8, so that both have about the same number of weights.
     */
    public static SwiGlu inPlaceOf(int mlpHidden) {
        return new SwiGlu((mlpHidden * 2 / 3 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
    }

    @Override
    public int inRows() {
        return 2 * hidden;
    }

    @Override
    public Value build(Scope scope, Value x) {
        int width = x.shape().dim(-1);
        int axis = x.shape().rank() - 1;
        Value both = new LinearLayer(2 * hidden, true).build(scope.child("in"), x); // [B, N, 2·hidden]
        Value gated = both.slice(axis, 0, hidden).silu().multiply(both.slice(axis, hidden, 2 * hidden));
        return new LinearLayer(width, true).build(scope.child("out"), gated); // [B, N, width]
    }
}

package org.fovea.core.nn;

import org.fovea.core.Check;
import org.fovea.core.graph.Value;

/**
 * Two linear maps with an activation between.
 *
 * @see <a href="https://arxiv.org/abs/1706.03762">Vaswani et al. 2017, section 3.3</a>
 */
public record Mlp(int hidden, Activation activation) implements FeedForward {
    /** Checks the size. */
    public Mlp {
        Check.positive("Mlp: hidden", hidden);
    }

    @Override
    public Value build(Scope scope, Value x) {
        int width = x.shape().dim(-1);
        Value h = new LinearLayer(hidden, true).build(scope.child("in"), x); // [B, N, hidden]
        return new LinearLayer(width, true).build(scope.child("out"), activation.build(h)); // [B, N, width]
    }
}

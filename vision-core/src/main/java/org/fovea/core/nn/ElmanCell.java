package org.fovea.core.nn;

import org.fovea.core.Check;
import org.fovea.core.graph.Value;

/**
 * The simple recurrent net: h' = f(W x + b + U h + c).
 *
 * @param activation f
 * @see <a href="https://doi.org/10.1207/s15516709cog1402_1">Elman 1990</a>
 * @see <a href="https://arxiv.org/abs/1504.00941">Le et al. 2015, for ReLU with U starting as the identity</a>
 */
public record ElmanCell(int width, Function activation) implements RecurrentCell {
    /** The function of the state. */
    public enum Function {
        /** Hyperbolic tangent. */
        TANH,
        /** max(x, 0). */
        RELU
    }

    /** Checks the size. */
    public ElmanCell {
        Check.positive("ElmanCell: width", width);
    }

    @Override
    public int gates() {
        return 1;
    }

    @Override
    public CellState advance(Scope scope, Value projected, CellState state) {
        Value sum = projected.add(Gates.ofState(this, scope, state)); // [B, width]
        return CellState.of(activation == Function.TANH ? sum.tanh() : sum.relu());
    }
}

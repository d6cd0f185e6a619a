package org.fovea.core.nn;

import org.fovea.core.Check;
import org.fovea.core.graph.Value;

/**
 * The gated recurrent unit: r = σ(W_r x + U_r h), z = σ(W_z x + U_z h), n = tanh(W_n x + r ⊙ (U_n h)), h' = (1 - z) ⊙ n + z ⊙ h,
 * each product with a bias. Gates are in the order r, z, n.
 *
 * <p>Departure from the paper: r multiplies U_n h, not h, which costs one product less (cuDNN, PyTorch).
 *
 * @see <a href="https://arxiv.org/abs/1406.1078">Cho et al. 2014, section 2.3</a>
 */
public record GruCell(int width) implements RecurrentCell {
    private static final int GATES = 3;

    /** Checks the size. */
    public GruCell {
        Check.positive("GruCell: width", width);
    }

    @Override
    public int gates() {
        return GATES;
    }

    @Override
    public CellState advance(Scope scope, Value projected, CellState state) {
        Value own = Gates.ofState(this, scope, state); // [B, 3·width]
        Value gates =
                projected.slice(1, 0, 2 * width).add(own.slice(1, 0, 2 * width)).sigmoid(); // [B, 2·width]
        Value keep = Gates.one(this, gates, 1);
        Value fresh = Gates.one(this, projected, 2)
                .add(Gates.one(this, gates, 0).multiply(Gates.one(this, own, 2)))
                .tanh();
        return CellState.of(fresh.add(keep.multiply(state.output().subtract(fresh)))); // [B, width]
    }
}

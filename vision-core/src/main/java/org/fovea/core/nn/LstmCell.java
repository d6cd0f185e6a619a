package org.fovea.core.nn;

import java.util.Arrays;
import org.fovea.core.Check;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;

/**
 * Long short-term memory: i = σ(W_i x + U_i h), f = σ(W_f x + U_f h), g = tanh(W_g x + U_g h), o = σ(W_o x + U_o h), each
 * product with a bias; c' = f ⊙ c + i ⊙ g, h' = o ⊙ tanh(c'). Gates are in the order i, f, g, o. Start the bias of f at 1 or
 * above where memory must last.
 *
 * @see <a href="https://doi.org/10.1162/neco.1997.9.8.1735">Hochreiter and Schmidhuber 1997</a>
 * @see <a href="https://doi.org/10.1162/089976600300015015">Gers et al. 2000, for the forget gate</a>
 */
public record LstmCell(int width) implements RecurrentCell {
    private static final int GATES = 4;

    /** Checks the size. */
    public LstmCell {
        Check.positive("LstmCell: width", width);
    }

    /**
     * Initial values of the input's bias that open the forget gate: 1 for f, 0 for the others, so that early inputs are not
     * forgotten before training can use them.
     *
     * @see <a href="https://proceedings.mlr.press/v37/jozefowicz15.html">Jozefowicz et al. 2015, section 2.2</a>
     */
    public Tensor openBias() {
        float[] out = new float[GATES * width];
        Arrays.fill(out, width, 2 * width, 1);
        return Tensor.of(out, out.length);
    }

    @Override
    public int gates() {
        return GATES;
    }

    @Override
    public CellState advance(Scope scope, Value projected, CellState state) {
        Value sum = projected.add(Gates.ofState(this, scope, state)); // [B, 4·width]
        Value forget = Gates.one(this, sum, 1).sigmoid();
        Value fresh = Gates.one(this, sum, 0)
                .sigmoid()
                .multiply(Gates.one(this, sum, 2).tanh());
        Value memory = forget.multiply(state.memory()).add(fresh); // [B, width]
        return new CellState(Gates.one(this, sum, 3).sigmoid().multiply(memory.tanh()), memory);
    }
}

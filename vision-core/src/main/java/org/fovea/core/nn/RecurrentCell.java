package org.fovea.core.nn;

import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;

/**
 * One step of a recurrent net, to be unrolled: {@link Recurrence} does it over a sequence, a decoder does it word by word.
 *
 * <p>Weights follow PyTorch in layout and order of gates: {@code input.weight} [gates·width, in], {@code input.bias}, {@code
 * state.weight} [gates·width, width], {@code state.bias}.
 */
public interface RecurrentCell {
    /** Width of the state. */
    int width();

    /** Number of linear maps of the input in a step. */
    int gates();

    /**
     * Adds one step.
     *
     * @param projected {@code [B, gates·width]}, result of {@link #project}
     */
    CellState advance(Scope scope, Value projected, CellState state);

    /**
     * Adds the part of a step that does not depend on the state, for one step or for a whole sequence in a single product.
     *
     * @param x {@code [..., in]}
     * @return {@code [..., gates·width]}
     */
    default Value project(Scope scope, Value x) {
        return new LinearLayer(gates() * width(), true).build(scope.child("input"), x);
    }

    /**
     * Adds one step.
     *
     * @param x {@code [B, in]}
     */
    default CellState step(Scope scope, Value x, CellState state) {
        return advance(scope, project(scope, x), state);
    }

    /** Initial state of zeros. */
    default CellState start(Graph graph, int batch) {
        return CellState.of(graph.fill(0, batch, width()));
    }
}

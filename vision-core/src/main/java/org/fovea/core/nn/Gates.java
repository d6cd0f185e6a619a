package org.fovea.core.nn;

import org.fovea.core.graph.Value;

/** Gates that recurrent cells share. */
final class Gates {
    private Gates() {}

    /** Part of all gates that depends on the state: {@code [B, gates·width]}. */
    static Value ofState(RecurrentCell cell, Scope scope, CellState state) {
        return new LinearLayer(cell.gates() * cell.width(), true).build(scope.child("state"), state.output());
    }

    /** Columns {@code [B, width]} of one gate in {@code [B, gates·width]}. */
    static Value one(RecurrentCell cell, Value all, int index) {
        return all.slice(1, index * cell.width(), (index + 1) * cell.width());
    }
}

package org.fovea.core.nn;

import org.fovea.core.graph.Value;

/**
 * The state of a recurrent cell between two steps.
 *
 * @param output {@code [B, width]}, what the cell shows
 * @param memory {@code [B, width]}, what else it carries on: the cell state of an LSTM; for other cells the output itself
 */
public record CellState(Value output, Value memory) {
    /** The state of a cell that carries on what it shows. */
    public static CellState of(Value output) {
        return new CellState(output, output);
    }

    /** The next state where {@code seen} is not 0, this one elsewhere; {@code seen} broadcasts to {@code [B, width]}. */
    CellState next(Value seen, CellState next) {
        Value shown = seen.select(next.output, output);
        return next.memory == next.output ? of(shown) : new CellState(shown, seen.select(next.memory, memory));
    }
}

package org.fovea.core.nn;

import org.fovea.core.graph.Value;

/**
 * The state of a recurrent cell between two steps.
 *
 * @param output {@code [B, width]}, output of the cell
 * @param memory {@code [B, width]}, the cell state of an LSTM; for other cells the output
 */
public record CellState(Value output, Value memory) {
    /** State of a cell whose only state is its output. */
    public static CellState of(Value output) {
        return new CellState(output, output);
    }

    /** Next state where {@code seen} is not 0, this state elsewhere; {@code seen} broadcasts to {@code [B, width]}. */
    CellState next(Value seen, CellState next) {
        Value shown = seen.select(next.output, output);
        return next.memory == next.output ? of(shown) : new CellState(shown, seen.select(next.memory, memory));
    }
}

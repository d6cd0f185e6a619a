package org.fovea.core.nn;

import org.fovea.core.Check;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;

/**
 * Sines and cosines of the columns and rows of a grid, with waves from twice the grid down to a quarter of it. The slowest sines rise
 * from one side to the other, so that left of and above are easily told.
 *
 * @param rows of the grid
 * @param columns of the grid
 * @param width number of channels: even ones encode the column, odd ones the row
 * @param amplitude of each wave
 */
public record PlaceWaves(int rows, int columns, int width, double amplitude) {
    private static final int LENGTHS = 4;

    /** Checks the sizes. */
    public PlaceWaves {
        Check.positive("PlaceWaves: rows", rows);
        Check.positive("PlaceWaves: columns", columns);
        Check.positive("PlaceWaves: width", width);
    }

    /** Table {@code [1, rows * columns, width]}, float64, row by row. */
    public Tensor table() {
        double[] out = new double[rows * columns * width];
        for (int i = 0; i < out.length; i++) {
            int place = i / width;
            int wave = i % width / 2;
            double along = i % width % 2 == 0 ? share(place % columns, columns) : share(place / columns, rows);
            double angle = along * Math.PI * (1 << wave % LENGTHS);
            out[i] = amplitude * (wave / LENGTHS % 2 == 0 ? Math.sin(angle) : Math.cos(angle));
        }
        return Tensor.of(out, 1, rows * columns, width);
    }

    /** Center of a step on an axis from -1/2 to 1/2. */
    private static double share(int step, int steps) {
        return (step + 0.5) / steps - 0.5;
    }

    /** Adds the table as a constant, to be added to the tokens {@code [B, rows * columns, width]} of the grid. */
    public Value build(Graph graph) {
        return graph.constant(table());
    }
}

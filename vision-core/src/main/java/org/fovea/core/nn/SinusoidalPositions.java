package org.fovea.core.nn;

import org.fovea.core.Check;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;

/**
 * Positions as sines and cosines: p(t, 2i) = sin(t / 10000^(2i/width)), p(t, 2i + 1) = cos(t / 10000^(2i/width)).
 *
 * @param tokens number of positions, from 0
 * @param width number of channels; an odd number ends with a sine
 * @see <a href="https://arxiv.org/abs/1706.03762">Vaswani et al. 2017, section 3.5</a>
 */
public record SinusoidalPositions(int tokens, int width) {
    private static final double LONGEST = 10000;

    /** Checks the sizes. */
    public SinusoidalPositions {
        Check.positive("SinusoidalPositions: tokens", tokens);
        Check.positive("SinusoidalPositions: width", width);
    }

    /** The table {@code [1, tokens, width]}, float64. */
    public Tensor table() {
        double[] out = new double[tokens * width];
        for (int t = 0; t < tokens; t++) {
            for (int c = 0; c < width; c++) {
                double angle = t / Math.pow(LONGEST, (double) (c - c % 2) / width);
                out[t * width + c] = c % 2 == 0 ? Math.sin(angle) : Math.cos(angle);
            }
        }
        return Tensor.of(out, 1, tokens, width);
    }

    /** Adds the table as a constant, to be added to tokens {@code [B, tokens, width]}. */
    public Value build(Graph graph) {
        return graph.constant(table());
    }
}

package org.fovea.core.attention;

import org.fovea.core.Check;

/**
 * The places of the memory that a {@link LuongAttention} looks at.
 *
 * @see <a href="https://arxiv.org/abs/1508.04025">Luong et al. 2015, sections 3.1 and 3.2</a>
 */
public sealed interface Alignment {
    /** All places. */
    record Global() implements Alignment {}

    /**
     * "local-m": query t looks at places t - reach to t + reach.
     *
     * @param reach half the width of the window, D of the paper, in positions
     */
    record Monotonic(int reach) implements Alignment {
        /** Checks the size. */
        public Monotonic {
            Check.positive("Alignment.Monotonic: reach", reach);
        }
    }

    /**
     * "local-p": each query predicts its place p = M·σ(vᵀtanh(W h)), looks at places p - reach to p + reach, and the weights
     * are multiplied by exp(-(s - p)²/(2σ²)), σ = reach/2.
     *
     * @param reach half the width of the window, D of the paper, in positions
     * @param hidden units of the predictor
     */
    record Predictive(int reach, int hidden) implements Alignment {
        /** Checks the sizes. */
        public Predictive {
            Check.positive("Alignment.Predictive: reach", reach);
            Check.positive("Alignment.Predictive: hidden", hidden);
        }
    }
}

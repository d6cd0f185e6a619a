package org.fovea.core.attention;

import org.fovea.core.Check;

/**
 * Comparison by which a {@link LuongAttention} matches a query h with a place s of the memory.
 *
 * @see <a href="https://arxiv.org/abs/1508.04025">Luong et al. 2015, equation 8</a>
 */
public sealed interface Score {
    /** hᵀs; both have the same width. */
    record Dot() implements Score {}

    /** hᵀW s. */
    record General() implements Score {}

    /**
     * vᵀtanh(W[h; s] + b): the score of {@link AdditiveAttention}.
     *
     * @param hidden number of rows of W
     */
    record Concat(int hidden) implements Score {
        /** Checks the size. */
        public Concat {
            Check.positive("Score.Concat: hidden", hidden);
        }
    }
}

package org.fovea.core.generate;

import org.fovea.core.Check;

/**
 * Search over several hypotheses at once.
 *
 * @param beams number of hypotheses that are continued; 1 for no beam search
 * @param lengthPenalty exponent of the length by which a finished hypothesis' log-probability is divided
 * @param earlyStopping rule for ending the search
 */
public record BeamSearch(int beams, double lengthPenalty, EarlyStopping earlyStopping) {
    /** End of a search that has as many finished hypotheses as beams. */
    public enum EarlyStopping {
        /** Ends when the best unfinished hypothesis, at its present length, is no better than the worst finished one. */
        HEURISTIC,
        /** Ends as soon as there are enough finished hypotheses. */
        ALWAYS,
        /**
         * Ends when no unfinished hypothesis can become better than the worst finished one, even at the most favorable length.
         */
        NEVER
    }

    private static final int MOST_BEAMS = 1 << 10;

    /** Checks the numbers. */
    public BeamSearch {
        Check.within(1, MOST_BEAMS, "BeamSearch: beams", beams);
        Check.that(Double.isFinite(lengthPenalty), "BeamSearch: lengthPenalty", "be finite", lengthPenalty);
    }
}

package org.fovea.core.generate;

import org.fovea.core.Check;

/**
 * Search over several hypotheses at once.
 *
 * @param beams number of hypotheses that go on; 1 for none of this
 * @param lengthPenalty exponent of the length that a finished hypothesis' log-probability is divided by
 * @param earlyStopping end of the search
 */
public record BeamSearch(int beams, double lengthPenalty, EarlyStopping earlyStopping) {
    /** End of a search that has as many finished hypotheses as beams. */
    public enum EarlyStopping {
        /** Ends when the best running one, at its present length, is no better than the worst finished one. */
        HEURISTIC,
        /** Ends at once. */
        ALWAYS,
        /** Ends when no running one can become better than the worst finished one, at the most favorable length. */
        NEVER
    }

    private static final int MOST_BEAMS = 1 << 10;

    /** Checks the numbers. */
    public BeamSearch {
        Check.within(1, MOST_BEAMS, "BeamSearch: beams", beams);
        Check.that(Double.isFinite(lengthPenalty), "BeamSearch: lengthPenalty", "be finite", lengthPenalty);
    }
}

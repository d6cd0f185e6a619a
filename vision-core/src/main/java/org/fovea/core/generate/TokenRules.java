package org.fovea.core.generate;

import java.util.List;
import org.fovea.core.Check;

/**
 * Rules for the tokens of a text.
 *
 * @param repetitionPenalty penalty factor for tokens that the text already contains; 1 for none
 * @param noRepeatNgram size of n-grams that must not repeat; 0 for no such rule
 * @param badWords token sequences that must not be written
 * @param forcedBegin token that must follow the first one, or {@link TokenIds#NONE}
 * @param forcedEnd tokens, one of which must end a text of maximum length
 * @param renormalize whether scores are converted to log-probabilities again after all rules
 */
public record TokenRules(
        double repetitionPenalty,
        int noRepeatNgram,
        List<List<Integer>> badWords,
        int forcedBegin,
        List<Integer> forcedEnd,
        boolean renormalize) {
    /** Copies the lists, checks the numbers. */
    public TokenRules {
        badWords = badWords.stream().map(List::copyOf).toList();
        forcedEnd = List.copyOf(forcedEnd);
        Check.positive("TokenRules: repetitionPenalty", repetitionPenalty);
        Check.that(noRepeatNgram >= 0, "TokenRules: noRepeatNgram", "be at least 0", noRepeatNgram);
        Check.that(
                badWords.stream().noneMatch(List::isEmpty), "TokenRules: badWords", "hold no empty sequence", badWords);
    }
}

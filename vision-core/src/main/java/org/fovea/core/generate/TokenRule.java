package org.fovea.core.generate;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A rule that changes the scores of the next token; -∞ forbids it. */
@FunctionalInterface
interface TokenRule {
    float FORBIDDEN = Float.NEGATIVE_INFINITY;

    /**
     * Applies the rule.
     *
     * @param text all tokens so far, the prompt included
     * @param scores scores of each word, changed in place
     */
    void apply(int[] text, float[] scores);

    /**
     * Penalizes tokens that the text already contains: divides positive scores by the penalty and multiplies negative ones.
     */
    static TokenRule repetitionPenalty(double penalty) {
        return (text, scores) -> {
            Set<Integer> seen = new HashSet<>();
            for (int token : text) {
                if (seen.add(token)) {
                    float score = scores[token];
                    scores[token] = (float) (score < 0 ? score * penalty : score / penalty);
                }
            }
        };
    }

    /** Forbids the token that would complete an n-gram of {@code size} tokens that the text already contains. */
    static TokenRule noRepeatNgram(int size) {
        return (text, scores) -> {
            int last = text.length - size + 1; // start of the n-gram that would be completed
            for (int i = 0; i < last; i++) {
                if (Arrays.equals(text, i, i + size - 1, text, last, text.length)) {
                    scores[text[i + size - 1]] = FORBIDDEN;
                }
            }
        };
    }

    /** Forbids the last token of sequences whose other tokens end the text. */
    static TokenRule badWords(List<List<Integer>> sequences) {
        List<int[]> words = sequences.stream()
                .map(s -> s.stream().mapToInt(Integer::intValue).toArray())
                .toList();
        return (text, scores) -> {
            for (int[] word : words) {
                int before = word.length - 1;
                boolean fits = word.length == 1
                        || word.length <= text.length
                                && Arrays.equals(text, text.length - before, text.length, word, 0, before);
                if (fits) {
                    scores[word[before]] = FORBIDDEN;
                }
            }
        };
    }

    /** Forbids the end token in texts shorter than {@code length}. */
    static TokenRule minLength(int length, List<Integer> end) {
        return (text, scores) -> {
            if (text.length < length) {
                end.forEach(token -> scores[token] = FORBIDDEN);
            }
        };
    }

    /** Allows only these tokens, with score 0, after {@code length} tokens. */
    static TokenRule forced(int length, List<Integer> tokens) {
        return (text, scores) -> {
            if (text.length == length) {
                Arrays.fill(scores, FORBIDDEN);
                tokens.forEach(token -> scores[token] = 0);
            }
        };
    }

    /** Converts scores to log-probabilities. */
    static TokenRule renormalize() {
        return (text, scores) -> Scores.logSoftmax(scores);
    }
}

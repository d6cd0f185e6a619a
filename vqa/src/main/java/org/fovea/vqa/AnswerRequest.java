package org.fovea.vqa;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.Check;

/**
 * Wishes for answers.
 *
 * @param top maximum number of answers to a question
 * @param candidates answers to choose from; empty for all that the model knows or can generate
 */
public record AnswerRequest(int top, List<String> candidates) {
    /** Checks the number, and that no candidate is blank or occurs twice. */
    public AnswerRequest {
        Check.positive("AnswerRequest: top", top);
        candidates = List.copyOf(candidates);
        Map<String, Integer> places = new LinkedHashMap<>();
        for (int i = 0; i < candidates.size(); i++) {
            String text = candidates.get(i);
            Check.that(!text.isBlank(), "AnswerRequest: candidate " + (i + 1), "have a word", "none");
            Integer before = places.put(text, i);
            if (before != null) {
                throw new IllegalArgumentException("AnswerRequest: candidates must differ, got \"" + text
                        + "\" as number " + (before + 1) + " and " + (i + 1) + "; remove one");
            }
        }
    }

    /** Request for the single best answer, without candidates. */
    public static AnswerRequest best() {
        return new AnswerRequest(1, List.of());
    }

    /** Copy with another number of answers. */
    public AnswerRequest withTop(int count) {
        return new AnswerRequest(count, candidates);
    }

    /** Copy with other candidates. */
    public AnswerRequest withCandidates(List<String> answers) {
        return new AnswerRequest(top, answers);
    }
}

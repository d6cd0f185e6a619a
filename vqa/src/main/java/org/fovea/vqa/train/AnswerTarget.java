package org.fovea.vqa.train;

import java.util.Map;
import org.fovea.core.Check;

/**
 * What is right of a question.
 *
 * @param shares degree to which answers are right, by answer index, above 0 and at most 1; answers without an entry are wrong
 */
public record AnswerTarget(Map<Integer, Double> shares) {
    /** Copies the map and checks its values. */
    public AnswerTarget {
        shares = Map.copyOf(shares);
        shares.values()
                .forEach(share -> Check.that(
                        share > 0 && share <= 1, "AnswerTarget: a share", "be above 0 and at most 1", share));
    }

    /** Target with one right answer. */
    public static AnswerTarget of(int answer) {
        return new AnswerTarget(Map.of(answer, 1.0));
    }
}

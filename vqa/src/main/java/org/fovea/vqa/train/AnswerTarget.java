package org.fovea.vqa.train;

import java.util.Map;
import org.fovea.core.Check;

/**
 * What is right of a question.
 *
 * @param shares of answers by their numbers, above 0 and at most 1; answers that are not there are wrong
 */
public record AnswerTarget(Map<Integer, Double> shares) {
    /** Copies the map and checks the shares. */
    public AnswerTarget {
        shares = Map.copyOf(shares);
        shares.values()
                .forEach(share -> Check.that(
                        share > 0 && share <= 1, "AnswerTarget: a share", "be above 0 and at most 1", share));
    }

    /** One right answer. */
    public static AnswerTarget of(int answer) {
        return new AnswerTarget(Map.of(answer, 1.0));
    }
}

package org.fovea.vqa.metric;

import java.util.List;
import org.fovea.core.Check;

/**
 * An answer beside those that people gave.
 *
 * @param answers answers given by people, ten in the official data; at least one
 * @param answerType type of the answer, such as {@code yes/no}, {@code number} or {@code other}; may be empty
 * @param questionType type of the question, such as {@code how many}; may be empty
 * @param predicted answer to be scored
 */
public record JudgedAnswer(List<String> answers, String answerType, String questionType, String predicted) {
    /** Copies the list. */
    public JudgedAnswer {
        answers = List.copyOf(answers);
        Check.atLeast(1, "JudgedAnswer: the number of people's answers", answers.size());
    }
}

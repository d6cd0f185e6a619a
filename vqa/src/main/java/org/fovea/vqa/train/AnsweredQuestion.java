package org.fovea.vqa.train;

import java.util.List;
import org.fovea.core.Check;

/**
 * A question about an image and what people answered.
 *
 * @param answers answers in their original wording, at least one
 * @param questionType type of the question, such as {@code how many}; may be empty
 * @param answerType type of the answer, such as {@code yes/no}; may be empty
 */
public record AnsweredQuestion(String text, List<String> answers, String questionType, String answerType) {
    /** Copies the list and checks that it is not empty. */
    public AnsweredQuestion {
        answers = List.copyOf(answers);
        Check.positive("AnsweredQuestion: number of answers", answers.size());
    }

    /** Question with one answer and no type. */
    public static AnsweredQuestion of(String text, String answer) {
        return new AnsweredQuestion(text, List.of(answer), "", "");
    }
}

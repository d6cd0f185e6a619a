package org.fovea.vqa.train;

import java.util.List;
import org.fovea.core.Check;

/**
 * A question about an image and what people answered.
 *
 * @param answers as they were written, at least one
 * @param questionType such as {@code how many}; may be empty
 * @param answerType such as {@code yes/no}; may be empty
 */
public record AnsweredQuestion(String text, List<String> answers, String questionType, String answerType) {
    /** Copies the list and checks that it is not empty. */
    public AnsweredQuestion {
        answers = List.copyOf(answers);
        Check.positive("AnsweredQuestion: number of answers", answers.size());
    }

    /** A question with one answer, of no type. */
    public static AnsweredQuestion of(String text, String answer) {
        return new AnsweredQuestion(text, List.of(answer), "", "");
    }
}

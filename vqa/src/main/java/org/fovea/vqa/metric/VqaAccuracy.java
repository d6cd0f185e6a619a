package org.fovea.vqa.metric;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.fovea.core.Check;

/**
 * The accuracy of the VQA challenge: an answer is right as far as others gave it too, entirely from three of them on; the
 * mean over leaving out each of the people in turn. Where there is one answer alone, the same is right.
 *
 * @param overall accuracy in percent, to two decimals as in the official evaluation
 * @param byAnswerType accuracy in percent for each answer type
 * @param byQuestionType accuracy in percent for each question type
 * @see <a href="https://arxiv.org/abs/1505.00468">Antol et al. 2015, section 3</a>
 */
public record VqaAccuracy(double overall, Map<String, Double> byAnswerType, Map<String, Double> byQuestionType) {
    private static final int AGREEING = 3;
    private static final int DECIMALS = 2;

    /** Copies the maps, sorted by key. */
    public VqaAccuracy {
        byAnswerType = Map.copyOf(byAnswerType);
        byQuestionType = Map.copyOf(byQuestionType);
    }

    /**
     * The accuracy of answers.
     *
     * @throws IllegalArgumentException when there are no answers
     */
    public static VqaAccuracy of(Collection<JudgedAnswer> answers) {
        Check.positive("VqaAccuracy: the number of answers", answers.size());
        return new VqaAccuracy(
                percent(answers.stream().map(VqaAccuracy::of).toList()),
                byType(answers, JudgedAnswer::answerType),
                byType(answers, JudgedAnswer::questionType));
    }

    /** The accuracy of one answer, from 0 to 1. */
    public static double of(JudgedAnswer answer) {
        List<String> people = answer.answers().stream().map(AnswerForm::plain).toList();
        String predicted = AnswerForm.plain(answer.predicted());
        if (people.stream().distinct().count() > 1) {
            people = people.stream().map(AnswerForm::normalized).toList();
            predicted = AnswerForm.normalized(predicted);
        }
        if (people.size() == 1) {
            return people.get(0).equals(predicted) ? 1 : 0;
        }
        double sum = 0;
        for (int left = 0; left < people.size(); left++) {
            int agreeing = 0;
            for (int i = 0; i < people.size(); i++) {
                agreeing += i != left && people.get(i).equals(predicted) ? 1 : 0;
            }
            sum += Math.min(1, (double) agreeing / AGREEING);
        }
        return sum / people.size();
    }

    /** The accuracy of answers, from 0 to 1, not rounded. */
    public static double mean(Collection<JudgedAnswer> answers) {
        return answers.stream().mapToDouble(VqaAccuracy::of).average().orElse(0);
    }

    private static Map<String, Double> byType(Collection<JudgedAnswer> answers, Function<JudgedAnswer, String> type) {
        Map<String, List<Double>> parts = new TreeMap<>();
        answers.forEach(answer -> parts.computeIfAbsent(type.apply(answer), t -> new ArrayList<>())
                .add(of(answer)));
        Map<String, Double> out = new LinkedHashMap<>();
        parts.forEach((each, values) -> out.put(each, percent(values)));
        return out;
    }

    private static double percent(List<Double> values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return new BigDecimal(100 * sum / values.size())
                .setScale(DECIMALS, RoundingMode.HALF_EVEN)
                .doubleValue();
    }
}

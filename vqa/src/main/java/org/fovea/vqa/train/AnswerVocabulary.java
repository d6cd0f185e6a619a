package org.fovea.vqa.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fovea.core.Check;
import org.fovea.vqa.hub.AnswererSpec.Link;

/**
 * The answers that a model chooses among. Immutable.
 *
 * @param answers answers, the most frequent first
 */
public record AnswerVocabulary(List<String> answers) {
    private static final int AGREEING = 3; // number of people who must agree for an answer to be entirely right

    /** Copies the list. */
    public AnswerVocabulary {
        answers = List.copyOf(answers);
    }

    /**
     * Collects the most frequent answer of each question.
     *
     * @param minimum number of questions that must have an answer, at least 1
     */
    public static AnswerVocabulary of(Stream<AnsweredQuestion> questions, int minimum) {
        Check.positive("AnswerVocabulary: minimum count", minimum);
        Map<String, Long> counts =
                questions.collect(Collectors.groupingBy(AnswerVocabulary::mostFrequent, Collectors.counting()));
        return new AnswerVocabulary(counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= minimum)
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList());
    }

    /** Answer that most people gave; the first of equally frequent ones. */
    static String mostFrequent(AnsweredQuestion question) {
        Map<String, Integer> counts = counts(question);
        String best = counts.keySet().iterator().next();
        for (Map.Entry<String, Integer> entry : counts.entrySet()) {
            best = entry.getValue() > counts.get(best) ? entry.getKey() : best;
        }
        return best;
    }

    private static Map<String, Integer> counts(AnsweredQuestion question) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        question.answers().forEach(answer -> counts.merge(answer.strip(), 1, Integer::sum));
        return counts;
    }

    /**
     * Makes the targets of questions; empty for a question none of whose answers is in the list.
     *
     * @param link {@link Link#SOFTMAX} for the most frequent known answer; {@link Link#SIGMOID} for every known answer, right
     *     to the degree n / 3, at most 1, if n people gave it. If a question has fewer than three answers, their number
     *     replaces the 3
     */
    public Function<AnsweredQuestion, Optional<AnswerTarget>> targets(Link link) {
        Map<String, Integer> numbers = new HashMap<>();
        answers.forEach(answer -> numbers.put(answer, numbers.size()));
        return question -> target(numbers, question, link);
    }

    private static Optional<AnswerTarget> target(Map<String, Integer> numbers, AnsweredQuestion question, Link link) {
        List<Map.Entry<String, Integer>> known =
                new ArrayList<>(counts(question).entrySet());
        known.removeIf(entry -> !numbers.containsKey(entry.getKey()));
        if (known.isEmpty()) {
            return Optional.empty();
        }
        if (link == Link.SOFTMAX) {
            known.sort(Comparator.comparingInt(entry -> -entry.getValue()));
            return Optional.of(AnswerTarget.of(numbers.get(known.get(0).getKey())));
        }
        int enough = Math.min(AGREEING, question.answers().size());
        Map<Integer, Double> shares = new HashMap<>();
        known.forEach(
                entry -> shares.put(numbers.get(entry.getKey()), Math.min(1, (double) entry.getValue() / enough)));
        return Optional.of(new AnswerTarget(shares));
    }
}

package org.fovea.studies.relations;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Number of questions of each kind that were asked and answered right. */
final class Marks {
    private final int[] asked = new int[Question.Kind.values().length];
    private final int[] right = new int[asked.length];

    void add(Question.Kind kind, boolean isRight) {
        asked[kind.ordinal()]++;
        right[kind.ordinal()] += isRight ? 1 : 0;
    }

    /** The share of right answers, in per cent. */
    double percent(boolean relational) {
        return percent(kind -> kind.isRelational() == relational);
    }

    private double percent(Predicate<Question.Kind> kinds) {
        return 100.0 * sum(right, kinds) / sum(asked, kinds);
    }

    private static int sum(int[] counts, Predicate<Question.Kind> kinds) {
        return Arrays.stream(Question.Kind.values())
                .filter(kinds)
                .mapToInt(kind -> counts[kind.ordinal()])
                .sum();
    }

    /** {@code non-relational 99.2% (shape 99.0, left 99.3, top 99.4)  relational 95.0% (...)}. */
    @Override
    public String toString() {
        return part("non-relational", false) + "  " + part("relational", true);
    }

    private String part(String name, boolean relational) {
        String each = Arrays.stream(Question.Kind.values())
                .filter(kind -> kind.isRelational() == relational)
                .map(kind -> String.format(
                        Locale.ROOT, "%s %.1f", kind.name().toLowerCase(Locale.ROOT), percent(k -> k == kind)))
                .collect(Collectors.joining(", "));
        return String.format(Locale.ROOT, "%s %.1f%% (%s)", name, percent(relational), each);
    }
}

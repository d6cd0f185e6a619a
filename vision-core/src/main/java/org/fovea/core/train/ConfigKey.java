package org.fovea.core.train;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A key of a {@link TrainingConfig}, with its rule and the value it has where the file does not say.
 *
 * @param <T> type of the values
 * @param name name in the file
 * @param initial default value
 * @param rule rule for a value, for errors
 * @param accept converts a value from JSON (numbers as doubles) to the stored type, or returns empty if it breaks the rule
 */
public record ConfigKey<T>(String name, T initial, String rule, Function<Object, Optional<T>> accept) {
    private static final int CHANNELS = 3;

    /** Creates a key for a string; one of the choices, if there are any. */
    public static ConfigKey<String> text(String name, String initial, String... choices) {
        List<String> all = List.of(choices);
        return new ConfigKey<>(
                name,
                initial,
                all.isEmpty() ? "a string" : "one of " + all,
                value -> value instanceof String s && (all.isEmpty() || all.contains(s))
                        ? Optional.of(s)
                        : Optional.empty());
    }

    /** Creates a key for an integer in a range. */
    public static ConfigKey<Integer> whole(String name, int least, int initial, int most) {
        return new ConfigKey<>(
                name, initial, "a whole number from " + least + " to " + most, value -> in(value, least, most)
                        .filter(number -> number == Math.rint(number))
                        .map(Double::intValue));
    }

    /** Creates a key for a number in a range. */
    public static ConfigKey<Double> number(String name, double least, double initial, double most) {
        return new ConfigKey<>(
                name, initial, "a number from " + least + " to " + most, value -> in(value, least, most));
    }

    /** Creates a key for a boolean. */
    public static ConfigKey<Boolean> flag(String name, boolean initial) {
        return new ConfigKey<>(
                name,
                initial,
                "true or false",
                value -> value instanceof Boolean b ? Optional.of(b) : Optional.empty());
    }

    /** Creates a key for a number for each of R, G and B. */
    public static ConfigKey<List<Double>> color(String name, List<Double> initial) {
        return new ConfigKey<>(name, initial, "three numbers, for R, G and B", ConfigKey::color);
    }

    private static Optional<List<Double>> color(Object value) {
        if (!(value instanceof List<?> list)) {
            return Optional.empty();
        }
        List<Double> numbers =
                list.stream().flatMap(v -> in(v, -1000, 1000).stream()).toList();
        return numbers.size() == CHANNELS && list.size() == CHANNELS ? Optional.of(numbers) : Optional.empty();
    }

    private static Optional<Double> in(Object value, double least, double most) {
        return value instanceof Number n && n.doubleValue() >= least && n.doubleValue() <= most
                ? Optional.of(n.doubleValue())
                : Optional.empty();
    }
}

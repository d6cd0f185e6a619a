package org.fovea.core.metric;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The numbers of one evaluation.
 *
 * @param all metrics in the order in which logs show them
 * @param judge name of the metric that selects the best evaluation; empty if there are no metrics
 */
public record Metrics(List<Metric> all, String judge) {
    /**
     * Checks the names.
     *
     * @throws IllegalArgumentException when a name repeats, or the judge is not among them
     */
    public Metrics {
        all = List.copyOf(all);
        Set<String> names = new HashSet<>();
        all.forEach(metric -> names.add(metric.name()));
        if (names.size() != all.size() || !(all.isEmpty() ? judge.isEmpty() : names.contains(judge))) {
            throw new IllegalArgumentException("Metrics: names must differ and the judge be one of them, got "
                    + all.stream().map(Metric::name).toList() + " and " + judge);
        }
    }

    /** Creates an empty object, for a task that is not scored during training. */
    public static Metrics none() {
        return new Metrics(List.of(), "");
    }

    /** Metric that selects the best evaluation. */
    public Optional<Metric> best() {
        return all.isEmpty() ? Optional.empty() : Optional.of(get(judge));
    }

    /**
     * Value of a metric.
     *
     * @throws IllegalArgumentException when there is no such metric
     */
    public double value(String name) {
        return get(name).value();
    }

    private Metric get(String name) {
        return all.stream()
                .filter(metric -> metric.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Metrics: the name must be one of "
                        + all.stream().map(Metric::name).toList() + ", got " + name));
    }
}

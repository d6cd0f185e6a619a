package org.fovea.core.metric;

/**
 * One number of an evaluation.
 *
 * @param name name in lower case with underscores, as in logs: {@code top1}, {@code mean_iou}, {@code cider}
 * @param value value as it is shown; NaN if there is none
 * @param better the direction of improvement
 */
public record Metric(String name, double value, Better better) {
    /** The direction of improvement. */
    public enum Better {
        /** Higher is better: accuracies and scores. */
        HIGHER,
        /** Lower is better: losses and errors. */
        LOWER
    }

    /** Creates a metric for which higher is better. */
    public static Metric higher(String name, double value) {
        return new Metric(name, value, Better.HIGHER);
    }

    /** Creates a metric for which lower is better. */
    public static Metric lower(String name, double value) {
        return new Metric(name, value, Better.LOWER);
    }

    /** Value for comparisons, negated if lower is better. */
    public double score() {
        return better == Better.HIGHER ? value : -value;
    }
}

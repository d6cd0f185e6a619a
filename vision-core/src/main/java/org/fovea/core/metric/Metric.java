package org.fovea.core.metric;

/**
 * One number of an evaluation.
 *
 * @param name in lower case with underscores, as logs have it: {@code top1}, {@code mean_iou}, {@code cider}
 * @param value as it is shown; not a number where there is none
 * @param better the direction of improvement
 */
public record Metric(String name, double value, Better better) {
    /** The direction of improvement. */
    public enum Better {
        /** Accuracies and scores. */
        HIGHER,
        /** Losses and errors. */
        LOWER
    }

    /** A number that is better the higher it is. */
    public static Metric higher(String name, double value) {
        return new Metric(name, value, Better.HIGHER);
    }

    /** A number that is better the lower it is. */
    public static Metric lower(String name, double value) {
        return new Metric(name, value, Better.LOWER);
    }

    /** The value, negated where lower is better. */
    public double score() {
        return better == Better.HIGHER ? value : -value;
    }
}

package org.fovea.core.metric;

import org.fovea.core.Check;

/**
 * Counts of images of one class that were taken for another. Not thread-safe.
 *
 * <p>A class that never occurs has no recall, one never predicted no precision: {@link Double#NaN}, left out of means.
 */
public final class ConfusionMatrix {
    private final long[][] counts;

    /**
     * Creates an empty matrix.
     *
     * @throws IllegalArgumentException when there is less than one class
     */
    public ConfusionMatrix(int classes) {
        Check.positive("ConfusionMatrix: classes", classes);
        this.counts = new long[classes][classes];
    }

    /** Adds one image. */
    public void add(int actual, int predicted) {
        counts[actual][predicted]++;
    }

    /** The number of classes. */
    public int classes() {
        return counts.length;
    }

    /** Number of images of one class that are predicted as another, or as itself. */
    public long count(int actual, int predicted) {
        return counts[actual][predicted];
    }

    /** Number of images of a class. */
    public long support(int actual) {
        return java.util.Arrays.stream(counts[actual]).sum();
    }

    /** Number of images predicted as a class. */
    public long predicted(int label) {
        return java.util.Arrays.stream(counts).mapToLong(row -> row[label]).sum();
    }

    /** Fraction of the images of a class that are predicted as it. */
    public double recall(int label) {
        return (double) counts[label][label] / support(label);
    }

    /** Fraction of the images predicted as a class that belong to it. */
    public double precision(int label) {
        return (double) counts[label][label] / predicted(label);
    }

    /** Mean recall over the classes that occur. */
    public double meanRecall() {
        double sum = 0;
        int occurring = 0;
        for (int i = 0; i < counts.length; i++) {
            if (support(i) > 0) {
                sum += recall(i);
                occurring++;
            }
        }
        return sum / occurring;
    }
}

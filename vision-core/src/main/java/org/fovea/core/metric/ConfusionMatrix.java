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
     * An empty matrix.
     *
     * @throws IllegalArgumentException when there are fewer than 1 class
     */
    public ConfusionMatrix(int classes) {
        Check.positive("ConfusionMatrix: classes", classes);
        this.counts = new long[classes][classes];
    }

    /** Counts one image. */
    public void add(int actual, int predicted) {
        counts[actual][predicted]++;
    }

    /** The number of classes. */
    public int classes() {
        return counts.length;
    }

    /** Images of one class taken for another, or for itself. */
    public long count(int actual, int predicted) {
        return counts[actual][predicted];
    }

    /** Images of a class. */
    public long support(int actual) {
        return java.util.Arrays.stream(counts[actual]).sum();
    }

    /** Images taken for a class. */
    public long predicted(int label) {
        return java.util.Arrays.stream(counts).mapToLong(row -> row[label]).sum();
    }

    /** The share of the images of a class that were taken for it. */
    public double recall(int label) {
        return (double) counts[label][label] / support(label);
    }

    /** The share of the images taken for a class that are of it. */
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

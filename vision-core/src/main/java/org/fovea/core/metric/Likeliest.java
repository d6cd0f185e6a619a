package org.fovea.core.metric;

/** The answer that a row of logits gives. */
public final class Likeliest {
    private Likeliest() {}

    /**
     * Index of the maximum of consecutive values; the first of equal ones.
     *
     * @param from index of the first value
     * @param count number of classes, at least 1
     * @return index relative to {@code from}, 0 to {@code count - 1}
     */
    public static int of(float[] values, int from, int count) {
        int best = 0;
        for (int i = 1; i < count; i++) {
            best = values[from + i] > values[from + best] ? i : best;
        }
        return best;
    }
}

package org.fovea.core.metric;

/** The answer that a row of logits gives. */
public final class Likeliest {
    private Likeliest() {}

    /**
     * The place of the largest of some values that stand one after the other, the first of equals.
     *
     * @param from index of the first of them
     * @param count number of classes, at least 1
     * @return from 0 to {@code count - 1}
     */
    public static int of(float[] values, int from, int count) {
        int best = 0;
        for (int i = 1; i < count; i++) {
            best = values[from + i] > values[from + best] ? i : best;
        }
        return best;
    }
}

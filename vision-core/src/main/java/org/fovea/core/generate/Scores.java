package org.fovea.core.generate;

import java.util.stream.IntStream;

/** Arithmetic on the scores of all words. */
final class Scores {
    private Scores() {}

    /** Logarithm of the sum of exponentials, log Σ e^x. */
    static double logSumExp(float[] x) {
        float max = Float.NEGATIVE_INFINITY;
        for (float v : x) {
            max = Math.max(max, v);
        }
        if (Float.isInfinite(max)) {
            return max;
        }
        double sum = 0;
        for (float v : x) {
            sum += Math.exp(v - max);
        }
        return max + Math.log(sum);
    }

    /** Converts scores to log-probabilities. */
    static void logSoftmax(float[] x) {
        double total = logSumExp(x);
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (x[i] - total);
        }
    }

    /** Index of the largest value; the first of equal ones. */
    static int argMax(float[] x) {
        int best = 0;
        for (int i = 1; i < x.length; i++) {
            best = x[i] > x[best] ? i : best;
        }
        return best;
    }

    /** Indices of the k largest values, largest first; equal ones in the order of their indices. */
    static int[] largest(float[] x, int k) {
        int count = Math.min(k, x.length);
        int[] best = new int[count];
        int filled = 0;
        for (int i = 0; i < x.length; i++) {
            if (filled == count && !(x[i] > x[best[count - 1]])) {
                continue;
            }
            int at = filled < count ? filled++ : count - 1;
            for (; at > 0 && x[i] > x[best[at - 1]]; at--) {
                best[at] = best[at - 1];
            }
            best[at] = i;
        }
        return best;
    }

    /** All indices, largest value first; equal ones in the order of their indices. */
    static int[] descending(float[] x) {
        return IntStream.range(0, x.length)
                .boxed()
                .sorted((a, b) -> Float.compare(x[b], x[a]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}

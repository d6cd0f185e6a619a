package org.fovea.samples.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Prints the time of Fovea's self-attention layer in DeepLearning4j beside that of DeepLearning4j's own {@code SelfAttentionLayer} at
 * equal sizes, forward and forward with backward, runs of both in turn.
 *
 * <pre>{@code java -cp ... org.fovea.samples.bench.Dl4jAttentionBench [RUNS]}</pre>
 */
public final class Dl4jAttentionBench {
    private static final int WARM_UPS = 3;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final List<AttentionLayer.Sizes> SIZES = List.of(
            new AttentionLayer.Sizes(8, 65, 192, 3),
            new AttentionLayer.Sizes(32, 65, 192, 3),
            new AttentionLayer.Sizes(8, 197, 384, 6));

    private Dl4jAttentionBench() {}

    /** Measures; the argument is the number of runs (9). */
    public static void main(String[] args) {
        int runs = args.length > 0 ? Integer.parseInt(args[0]) : 9;
        System.out.println("self-attention layers in DeepLearning4j, float32, median of " + runs + " runs in turn, ms");
        System.out.printf(
                "%5s %5s %5s %5s  %-16s %10s %16s %8s%n",
                "batch", "steps", "width", "heads", "pass", "Fovea", "DeepLearning4j", "ratio");
        for (AttentionLayer.Sizes sizes : SIZES) {
            AttentionLayer ours = AttentionLayer.fovea(sizes);
            AttentionLayer theirs = AttentionLayer.deepLearning4j(sizes);
            line(sizes, "forward", runs, ours::forward, theirs::forward);
            line(sizes, "and backward", runs, ours::forwardAndBackward, theirs::forwardAndBackward);
        }
    }

    private static void line(AttentionLayer.Sizes sizes, String pass, int runs, Runnable ours, Runnable theirs) {
        double[] our = new double[runs];
        double[] their = new double[runs];
        for (int run = -WARM_UPS; run < runs; run++) {
            double one = millis(ours);
            double other = millis(theirs);
            if (run >= 0) {
                our[run] = one;
                their[run] = other;
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%5d %5d %5d %5d  %-16s %10.2f %16.2f %8.1f%n",
                sizes.batch(),
                sizes.steps(),
                sizes.width(),
                sizes.heads(),
                pass,
                median(our),
                median(their),
                median(their) / median(our));
    }

    private static double millis(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / NANOS_PER_MILLI;
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}

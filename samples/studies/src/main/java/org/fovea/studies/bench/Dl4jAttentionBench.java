package org.fovea.studies.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Prints the time of Fovea's self-attention layer in DeepLearning4j beside that of DeepLearning4j's own {@code SelfAttentionLayer} at
 * equal sizes, forward and forward with backward, runs of both in turn; also the
 * calling thread's processor time, which means something where {@code OMP_NUM_THREADS=1}.
 *
 * <pre>{@code java -cp ... org.fovea.studies.bench.Dl4jAttentionBench [RUNS]}</pre>
 */
public final class Dl4jAttentionBench {
    private static final int WARM_UPS = 3;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
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
                "%5s %5s %5s %5s  %-12s %8s %8s %6s %10s %8s %6s%n",
                "batch", "steps", "width", "heads", "pass", "Fovea", "DL4J", "ratio", "CPU: Fovea", "DL4J", "ratio");
        for (AttentionLayer.Sizes sizes : SIZES) {
            AttentionLayer ours = AttentionLayer.fovea(sizes);
            AttentionLayer theirs = AttentionLayer.deepLearning4j(sizes);
            line(sizes, "forward", runs, ours::forward, theirs::forward);
            line(sizes, "and backward", runs, ours::forwardAndBackward, theirs::forwardAndBackward);
        }
    }

    private static void line(AttentionLayer.Sizes sizes, String pass, int runs, Runnable ours, Runnable theirs) {
        Times our = new Times(runs);
        Times their = new Times(runs);
        for (int run = -WARM_UPS; run < runs; run++) {
            our.measure(run, ours);
            their.measure(run, theirs);
        }
        System.out.printf(
                Locale.ROOT,
                "%5d %5d %5d %5d  %-12s %8.2f %8.2f %6.1f %10.2f %8.2f %6.1f%n",
                sizes.batch(),
                sizes.steps(),
                sizes.width(),
                sizes.heads(),
                pass,
                median(our.wall),
                median(their.wall),
                median(their.wall) / median(our.wall),
                median(our.cpu),
                median(their.cpu),
                median(their.cpu) / median(our.cpu));
    }

    /** Milliseconds that passed, and that the calling thread worked: with one OpenMP thread a busy machine changes that little. */
    private static final class Times {
        private final double[] wall;
        private final double[] cpu;

        Times(int runs) {
            wall = new double[runs];
            cpu = new double[runs];
        }

        /** Runs before number 0 warm up. */
        void measure(int run, Runnable work) {
            long wallStart = System.nanoTime();
            long cpuStart = THREADS.getCurrentThreadCpuTime();
            work.run();
            if (run >= 0) {
                cpu[run] = (THREADS.getCurrentThreadCpuTime() - cpuStart) / NANOS_PER_MILLI;
                wall[run] = (System.nanoTime() - wallStart) / NANOS_PER_MILLI;
            }
        }
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}

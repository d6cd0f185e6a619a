package org.fovea.studies;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Map;
import org.fovea.core.backend.Program;
import org.fovea.core.tensor.Tensor;

/**
 * Cost of a run of a program.
 *
 * @param millis median over some runs of the time of the calling thread on a processor, which other work on the machine changes
 *     little; it is all of the work only while one thread does it, hence {@code OMP_NUM_THREADS=1}
 * @param bytes native memory of a run beside the weights
 */
public record ProgramCost(double millis, long bytes) {
    /** Runs whose median counts. */
    public static final int RUNS = 5;

    private static final int WARM_UPS = 2;
    private static final double NANOS_PER_MILLI = 1e6;

    /** The cost of a program on the backend that plans its memory. */
    public static ProgramCost of(Program program, Map<String, Tensor> inputs) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        double[] millis = new double[RUNS];
        for (int i = -WARM_UPS; i < RUNS; i++) {
            long start = threads.getCurrentThreadCpuTime();
            program.run(inputs);
            if (i >= 0) {
                millis[i] = (threads.getCurrentThreadCpuTime() - start) / NANOS_PER_MILLI;
            }
        }
        Arrays.sort(millis);
        return new ProgramCost(millis[RUNS / 2], program.runBytes().orElseThrow());
    }
}

package org.fovea.studies.bench;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.onednn.OneDnnBackend;
import org.fovea.core.graph.ElementKind;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;
import org.fovea.studies.ProgramCost;

/**
 * Prints time and working memory of each mechanism at three sizes, and the power of n with which they grew.
 *
 * <pre>{@code OMP_NUM_THREADS=1 java -cp ... org.fovea.studies.bench.MechanismBench [NAME ...]}</pre>
 *
 * <p>Time is that of the processor, which what else a machine does changes little; it is all of the work only while one thread does
 * it, hence {@code OMP_NUM_THREADS=1}.
 *
 * <p>Ends with status 1 when the memory of one grew faster than it promises. Names are parts of the names of {@link Mechanisms}.
 */
public final class MechanismBench {
    private static final String FORMAT = "%-26s %-22s %-16s %-27s %-27s %s%n";
    private static final double MEGA = 1e6;

    private final Backend backend = OneDnnBackend.create();
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final PrintStream out;

    private MechanismBench(PrintStream out) {
        this.out = out;
    }

    /**
     * Measurement at one size.
     *
     * @param millis the median of some runs
     */
    record Point(int size, double millis, long bytes) {}

    /** Measures the mechanisms whose name contains one of the arguments; all without arguments. */
    public static void main(String[] names) {
        List<Mechanism> chosen = Mechanisms.all().stream()
                .filter(m -> names.length == 0
                        || Arrays.stream(names).anyMatch(part -> m.name().contains(part)))
                .toList();
        if (chosen.isEmpty()) {
            System.err.println("no mechanism has a name with " + String.join(" or ", names) + "; there are "
                    + Mechanisms.all().stream().map(Mechanism::name).toList());
            System.exit(2);
        }
        MechanismBench bench = new MechanismBench(System.out);
        bench.head();
        boolean kept = true;
        for (Mechanism mechanism : chosen) {
            kept &= bench.line(mechanism);
        }
        if (names.length == 0) {
            LargeGrid.print(bench.backend, bench.threads, System.out);
        }
        System.exit(kept ? 0 : 1);
    }

    private void head() {
        out.println(
                "batch 1, width 64, float32, on " + backend.name() + "; time is the median of " + ProgramCost.RUNS
                        + " runs, processor time of the calling thread; memory the arena of a run; the promise is how both may grow at most, for large n");
        out.printf(FORMAT, "mechanism", "n counts", "n", "ms (power)", "MB (power)", "promise: time, memory");
    }

    private boolean line(Mechanism m) {
        List<Point> points = m.sizes().stream().map(n -> measure(m, n)).toList();
        Point first = points.get(0);
        Point last = points.get(points.size() - 1);
        double memory = m.power(first.bytes(), last.bytes());
        boolean kept = m.keeps(m.memoryPower(), memory);
        double time = m.power(first.millis(), last.millis());
        out.print(String.format(
                Locale.ROOT,
                FORMAT,
                m.name(),
                m.grows(),
                join(points.stream().map(p -> Integer.toString(p.size())).toList()),
                series(points.stream().map(Point::millis).toList(), time),
                series(points.stream().map(p -> p.bytes() / MEGA).toList(), memory),
                "n^" + m.timePower() + (m.keeps(m.timePower(), time) ? "" : " (slower)") + ", n^" + m.memoryPower()
                        + (kept ? " kept" : " BROKEN")));
        out.flush();
        return kept;
    }

    private static String series(List<Double> values, double power) {
        return join(values.stream()
                        .map(v -> String.format(Locale.ROOT, "%.3g", v))
                        .toList())
                + String.format(Locale.ROOT, " (%.2f)", power);
    }

    private static String join(List<String> parts) {
        return String.join(" ", parts);
    }

    private Point measure(Mechanism mechanism, int size) {
        try (Program program = mechanism.compile(backend, size)) {
            ProgramCost cost =
                    ProgramCost.of(program, inputs(mechanism.graph(size).inputs()));
            return new Point(size, cost.millis(), cost.bytes());
        }
    }

    private static Map<String, Tensor> inputs(Map<String, Value> declared) {
        Random random = new Random(1);
        Map<String, Tensor> out = new HashMap<>();
        declared.forEach((name, value) -> {
            int[] sizes = value.shape().toArray();
            int count = (int) value.shape().size();
            boolean real = value.type().kind() == ElementKind.REAL;
            out.put(
                    name,
                    real
                            ? Tensor.of(random.doubles(count, -1, 1).toArray(), sizes)
                            : Tensor.of(random.ints(count, 0, 2).toArray(), sizes));
        });
        return out;
    }
}

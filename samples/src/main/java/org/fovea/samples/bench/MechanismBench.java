package org.fovea.samples.bench;

import java.io.PrintStream;
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

/**
 * Prints time and working memory of each mechanism at three sizes, and the power of n with which they grew.
 *
 * <pre>{@code java -cp ... org.fovea.samples.bench.MechanismBench [NAME ...]}</pre>
 *
 * <p>Ends with status 1 when the memory of one grew faster than it promises. Names are parts of the names of {@link Mechanisms}.
 */
public final class MechanismBench {
    private static final int RUNS = 7;
    private static final int WARM_UPS = 3;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MEGA = 1e6;

    private final Backend backend = OneDnnBackend.create();
    private final PrintStream out;

    private MechanismBench(PrintStream out) {
        this.out = out;
    }

    /**
     * What was measured at one size.
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
        System.exit(kept ? 0 : 1);
    }

    private void head() {
        out.println("batch 1, width 64, float32, on " + backend.name() + "; time is the median of " + RUNS
                + " runs, memory the arena of a run");
        out.printf(
                "%-24s %-18s %-17s %-27s %-27s %s%n",
                "mechanism", "n counts", "n", "ms (power)", "MB (power)", "promise");
    }

    private boolean line(Mechanism m) {
        List<Point> points = m.sizes().stream().map(n -> measure(m, n)).toList();
        Point first = points.get(0);
        Point last = points.get(points.size() - 1);
        double memory = m.power(first.bytes(), last.bytes());
        boolean kept = m.keepsPromise(memory);
        out.println(String.format(
                Locale.ROOT,
                "%-24s %-18s %-17s %-27s %-27s n^%d %s",
                m.name(),
                m.grows(),
                join(points.stream().map(p -> Integer.toString(p.size())).toList()),
                series(points.stream().map(Point::millis).toList(), m.power(first.millis(), last.millis())),
                series(points.stream().map(p -> p.bytes() / MEGA).toList(), memory),
                m.memoryPower(),
                kept ? "kept" : "BROKEN"));
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
            Map<String, Tensor> inputs = inputs(mechanism.graph(size).inputs());
            double[] millis = new double[RUNS];
            for (int i = -WARM_UPS; i < RUNS; i++) {
                long start = System.nanoTime();
                program.run(inputs);
                if (i >= 0) {
                    millis[i] = (System.nanoTime() - start) / NANOS_PER_MILLI;
                }
            }
            Arrays.sort(millis);
            return new Point(size, millis[RUNS / 2], program.runBytes().orElseThrow());
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

package org.fovea.studies.bench;

import java.io.PrintStream;
import java.lang.management.ThreadMXBean;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.fovea.core.attention.AxialAttention;
import org.fovea.core.attention.WindowAttention;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Program;
import org.fovea.core.tensor.Tensor;

/** Axial and window attention over 256x256 tokens, where the scores of full attention would take 17 GB a head. */
final class LargeGrid {
    private static final int SIDE = 256;
    private static final double GIGA = 1e9;

    private LargeGrid() {}

    static void print(Backend backend, ThreadMXBean threads, PrintStream out) {
        double tokens = (double) SIDE * SIDE;
        out.printf(
                Locale.ROOT,
                "%n%dx%d tokens, width %d, %d heads; the scores of full attention would take %.1f GB a head, %.1f GB in all%n",
                SIDE,
                SIDE,
                MechanismList.WIDTH,
                MechanismList.HEADS,
                tokens * tokens * Float.BYTES / GIGA,
                MechanismList.HEADS * tokens * tokens * Float.BYTES / GIGA);
        MechanismList list = new MechanismList();
        int[] size = {SIDE};
        for (AxialAttention.Relative relative : AxialAttention.Relative.values()) {
            String name =
                    "AxialAttention " + relative.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            list.add(name, "", 3, 3, size, (s, n) -> new AxialAttention(MechanismList.HEADS, relative)
                    .build(s, MechanismList.grid(s, n))
                    .values());
        }
        for (int shift : new int[] {0, 4}) {
            String name = "WindowAttention 8, shift " + shift;
            list.add(name, "", 2, 2, size, (s, n) -> new WindowAttention(MechanismList.HEADS, 8, shift)
                    .build(s, MechanismList.grid(s, n))
                    .values());
        }
        list.all().forEach(mechanism -> run(mechanism, backend, threads, out));
    }

    private static void run(Mechanism mechanism, Backend backend, ThreadMXBean threads, PrintStream out) {
        float[] numbers = new float[SIDE * SIDE * MechanismList.WIDTH];
        Random random = new Random(1);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = 2 * random.nextFloat() - 1;
        }
        Map<String, Tensor> inputs = Map.of("x", Tensor.of(numbers, 1, SIDE, SIDE, MechanismList.WIDTH));
        try (Program program = mechanism.compile(backend, SIDE)) {
            long start = threads.getCurrentThreadCpuTime();
            program.run(inputs);
            out.printf(
                    Locale.ROOT,
                    "%-34s %7.0f ms, %5.2f GB%n",
                    mechanism.name(),
                    (threads.getCurrentThreadCpuTime() - start) / 1e6,
                    program.runBytes().orElseThrow() / GIGA);
            out.flush();
        }
    }
}

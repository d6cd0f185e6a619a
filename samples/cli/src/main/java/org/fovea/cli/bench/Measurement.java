package org.fovea.cli.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.fovea.cli.model.Precisions;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Flops;
import org.fovea.core.graph.Graph;
import org.fovea.core.tensor.Tensor;

/**
 * Times of a computation for one batch size and precision.
 *
 * @param medianMillis median time of a run
 * @param minMillis shortest time of a run
 * @param flops floating-point operations of a run's matrix products
 * @param ceiling GFLOP/s of a plain matrix product, as a ceiling: the median of measurements before, between and after the
 *     runs, each the best of a few products
 */
public record Measurement(
        int batch, Precision precision, double medianMillis, double minMillis, int runs, long flops, double ceiling)
        implements Bench.Line {
    public static final String HEADING = "batch  precision  median ms   best ms   images/s   GFLOP/s   ceiling  share";

    private static final int ROUNDS = 6;
    private static final int MIN_RUNS = 12;
    private static final int WARM_UPS = 3;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    /**
     * Measures for about {@code seconds}, alternating between the work and the ceiling so that other load on the machine
     * affects both.
     */
    static Measurement of(
            int batch, Precision precision, Runnable work, long flops, DoubleSupplier ceiling, double seconds) {
        for (int i = 0; i < WARM_UPS; i++) {
            work.run();
        }
        List<Double> millis = new ArrayList<>();
        List<Double> ceilings = new ArrayList<>(List.of(ceiling.getAsDouble()));
        for (int round = 1; round <= ROUNDS; round++) {
            long end = System.nanoTime() + (long) (seconds / ROUNDS * NANOS_PER_SECOND);
            while (millis.size() < MIN_RUNS * round / ROUNDS || System.nanoTime() < end) {
                long start = System.nanoTime();
                work.run();
                millis.add((System.nanoTime() - start) / NANOS_PER_MILLI);
            }
            ceilings.add(ceiling.getAsDouble());
        }
        return new Measurement(
                batch, precision, median(millis), Collections.min(millis), millis.size(), flops, median(ceilings));
    }

    /** Measures the runs of a graph. */
    static Measurement of(
            Backend backend,
            Graph graph,
            WeightSource weights,
            Map<String, Tensor> inputs,
            int batch,
            Precision precision,
            double seconds) {
        try (Program program = backend.compile(graph, weights, precision)) {
            return of(
                    batch,
                    precision,
                    () -> program.run(inputs),
                    Flops.of(graph),
                    () -> backend.productGflops(precision),
                    seconds);
        }
    }

    /** Median of some values; the mean of the two middle ones for an even number. */
    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    double imagesPerSecond() {
        return batch * 1e3 / medianMillis;
    }

    /** GFLOP/s at the median time. */
    double gflops() {
        return flops / (medianMillis * NANOS_PER_MILLI);
    }

    double ceilingShare() {
        return gflops() / ceiling;
    }

    @Override
    public String text() {
        return String.format(
                Locale.ROOT,
                "%5d  %-9s  %9.2f %9.2f  %9.1f %9.0f %9.0f  %5.2f",
                batch,
                Precisions.name(precision),
                medianMillis,
                minMillis,
                imagesPerSecond(),
                gflops(),
                ceiling,
                ceilingShare());
    }

    @Override
    public void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        writeFields(json);
        json.writeEndObject();
    }

    void writeFields(JsonGenerator json) throws IOException {
        json.writeNumberField("batch", batch);
        json.writeStringField("precision", Precisions.name(precision));
        json.writeNumberField("median_ms", medianMillis);
        json.writeNumberField("images_per_s", imagesPerSecond());
        json.writeNumberField("gflops", gflops());
        json.writeNumberField("ceiling_share", ceilingShare());
        json.writeNumberField("ceiling_gflops", ceiling);
        json.writeNumberField("min_ms", minMillis);
        json.writeNumberField("runs", runs);
    }
}

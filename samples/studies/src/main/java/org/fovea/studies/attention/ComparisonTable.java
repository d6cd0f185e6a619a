package org.fovea.studies.attention;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.fovea.segmentation.model.FeatureAttention;

/** A table of the runs: for each kind of attention the mean over seeds and its sample standard deviation. */
record ComparisonTable(List<ComparisonLine> lines) {
    private static final double PERCENT = 100;
    private static final double MEGA = 1e6;

    /** The rows of a data set in Markdown, in the order of the kinds. */
    List<String> rows(String data) {
        List<String> out = new ArrayList<>();
        for (FeatureAttention kind : FeatureAttention.values()) {
            List<ComparisonLine> runs = lines.stream()
                    .filter(line -> line.data().equals(data) && line.attention().equals(kind.key()))
                    .toList();
            if (!runs.isEmpty()) {
                out.add(String.format(
                        Locale.ROOT,
                        "| %s | %d | %s | %s | %,d | %.1f | %.1f |",
                        kind.key(),
                        runs.size(),
                        spread(runs, line -> PERCENT * line.score()),
                        spread(runs, line -> PERCENT * line.pixelScore()),
                        runs.get(0).parameters(),
                        median(runs.stream().map(ComparisonLine::millis).toList()),
                        runs.get(0).bytes() / MEGA));
            }
        }
        return out;
    }

    /** Mean and sample standard deviation. */
    static String spread(List<ComparisonLine> runs, ToDoubleFunction<ComparisonLine> value) {
        double mean = runs.stream().mapToDouble(value).average().orElseThrow();
        double squares = runs.stream()
                .mapToDouble(run -> Math.pow(value.applyAsDouble(run) - mean, 2))
                .sum();
        return runs.size() < 2
                ? String.format(Locale.ROOT, "%.1f", mean)
                : String.format(Locale.ROOT, "%.1f ± %.1f", mean, Math.sqrt(squares / (runs.size() - 1)));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}

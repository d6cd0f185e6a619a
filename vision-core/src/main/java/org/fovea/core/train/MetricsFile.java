package org.fovea.core.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fovea.core.io.AtomicFile;
import org.fovea.core.metric.Metric;

/**
 * {@code metrics.csv}: one line for each epoch, a column for each metric of the task; {@code loss} is called {@code
 * validation_loss} there. A resumed run drops the lines of epochs that it does again.
 */
public final class MetricsFile {
    private static final String FIRST = "epoch,step,training_loss,";
    private static final String LAST = ",learning_rate,images_per_second,seconds,best";

    private final Path file;

    private MetricsFile(Path file) {
        this.file = file;
    }

    /** Opens a finished file for reading. */
    public static MetricsFile of(Path file) {
        return new MetricsFile(file);
    }

    /**
     * Opens the file for a run.
     *
     * @param epoch first epoch that will be added, from 0
     */
    static MetricsFile open(Path file, int epoch) throws IOException {
        List<String> kept = new ArrayList<>();
        if (epoch > 0 && Files.exists(file)) {
            List<String> lines = Files.readAllLines(file);
            lines.stream().limit(1).forEach(kept::add);
            lines.stream()
                    .skip(1)
                    .filter(line -> number(line, lines.get(0)) <= epoch)
                    .forEach(kept::add);
        }
        AtomicFile.write(file, kept.isEmpty() ? "" : String.join("\n", kept) + "\n");
        return new MetricsFile(file);
    }

    /** Epoch of a line, from 1; the largest integer for an incomplete line. */
    private static int number(String line, String header) {
        String[] cells = line.split(",", -1);
        return cells.length == header.split(",").length ? Integer.parseInt(cells[0]) : Integer.MAX_VALUE;
    }

    void add(TrainingListener.Epoch epoch, double learningRate, double samplesPerSecond) throws IOException {
        List<String> lines = new ArrayList<>();
        if (Files.size(file) == 0) {
            lines.add(header(epoch.metrics().all()));
        }
        StringBuilder line = new StringBuilder(
                String.format(Locale.ROOT, "%d,%d,%.5f", epoch.epoch() + 1, epoch.step(), epoch.trainingLoss()));
        epoch.metrics().all().forEach(metric -> line.append(String.format(Locale.ROOT, ",%.5f", metric.value())));
        line.append(String.format(
                Locale.ROOT, ",%.3e,%.1f,%.1f,%b", learningRate, samplesPerSecond, epoch.seconds(), epoch.best()));
        lines.add(line.toString());
        Files.write(file, lines, StandardOpenOption.APPEND);
    }

    private static String header(List<Metric> metrics) {
        List<String> names = metrics.stream()
                .map(metric -> metric.name().equals("loss") ? "validation_loss" : metric.name())
                .toList();
        return names.isEmpty() ? FIRST + LAST.substring(1) : FIRST + String.join(",", names) + LAST;
    }

    /** Returns whether a column of that name exists. */
    public boolean has(String name) throws IOException {
        return names(Files.readAllLines(file)).contains(name);
    }

    private static List<String> names(List<String> lines) {
        return lines.isEmpty() ? List.of() : List.of(lines.get(0).split(","));
    }

    /**
     * Values of a column in all lines.
     *
     * @throws IllegalArgumentException when there is no such column
     */
    public List<Double> column(String name) throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<String> header = names(lines);
        int index = header.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("MetricsFile: the column must be of " + header + ", got " + name);
        }
        return lines.stream()
                .skip(1)
                .map(line -> Double.valueOf(line.split(",", -1)[index]))
                .toList();
    }
}

package org.fovea.cli.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fovea.core.io.AtomicFile;
import org.fovea.core.train.TrainingListener.Epoch;

/** {@code metrics.csv}: one line for each epoch. A resumed run drops the lines of epochs that it does again. */
public final class MetricsFile {
    private static final String HEADER =
            "epoch,step,training_loss,validation_loss,top1,top5,calibration_error,learning_rate,images_per_second,"
                    + "seconds,best";

    private final Path file;

    private MetricsFile(Path file) {
        this.file = file;
    }

    /** A finished file, to be read. */
    static MetricsFile of(Path file) {
        return new MetricsFile(file);
    }

    /**
     * Opens the file for a run.
     *
     * @param epoch the first that will be added, from 0
     */
    static MetricsFile open(Path file, int epoch) throws IOException {
        List<String> kept = new ArrayList<>(List.of(HEADER));
        if (epoch > 0 && Files.exists(file)) {
            Files.readAllLines(file).stream()
                    .skip(1)
                    .filter(line -> number(line) <= epoch)
                    .forEach(kept::add);
        }
        AtomicFile.write(file, String.join("\n", kept) + "\n");
        return new MetricsFile(file);
    }

    /** The epoch of a line, from 1; of half a line none. */
    private static int number(String line) {
        String[] cells = line.split(",", -1);
        return cells.length == HEADER.split(",").length ? Integer.parseInt(cells[0]) : Integer.MAX_VALUE;
    }

    void add(Epoch epoch, double learningRate, double imagesPerSecond) throws IOException {
        String line = String.format(
                Locale.ROOT,
                "%d,%d,%.5f,%.5f,%.5f,%.5f,%.5f,%.3e,%.1f,%.1f,%b",
                epoch.epoch() + 1,
                epoch.step(),
                epoch.trainingLoss(),
                epoch.validation().meanLoss(),
                epoch.validation().topAccuracy(1),
                epoch.validation().topAccuracy(5),
                epoch.validation().calibrationError(),
                learningRate,
                imagesPerSecond,
                epoch.seconds(),
                epoch.best());
        Files.write(file, List.of(line), StandardOpenOption.APPEND);
    }

    /**
     * One column of all lines.
     *
     * @throws IllegalArgumentException when there is no such column
     */
    List<Double> column(String name) throws IOException {
        int index = List.of(HEADER.split(",")).indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("MetricsFile: the column must be of " + HEADER + ", got " + name);
        }
        return Files.readAllLines(file).stream()
                .skip(1)
                .map(line -> Double.valueOf(line.split(",", -1)[index]))
                .toList();
    }
}

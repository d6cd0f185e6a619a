package org.fovea.core.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The log of a run in its folder, {@code metrics.csv} and TensorBoard's event files, kept by listening; passes on what it
 * hears. Not thread-safe.
 */
public final class RunLog implements TrainingListener, AutoCloseable {
    /** Number of steps between two points of TensorBoard's curves. */
    private static final int STRIDE = 10;

    private final Path folder;
    private final TrainingListener next;
    private final EventFile events;
    private MetricsFile metrics;
    private double rate;
    private double speed;

    /**
     * Opens the log; existing event files are kept.
     *
     * @param folder existing folder
     * @param next listener that is called after the files are written
     * @throws IOException when a file cannot be created
     */
    public RunLog(Path folder, Clock clock, TrainingListener next) throws IOException {
        this.folder = folder;
        this.next = next;
        this.events = EventFile.create(folder, clock);
    }

    @Override
    public void onPhase(String name, TrainingPlan plan) {
        next.onPhase(name, plan);
    }

    @Override
    public void onStart(int updatesPerEpoch, TrainingPosition position) {
        write(() -> metrics = MetricsFile.open(folder.resolve("metrics.csv"), position.epoch()));
        next.onStart(updatesPerEpoch, position);
    }

    @Override
    public void onStep(Step step) {
        rate = step.learningRate();
        speed = step.samplesPerSecond();
        if (step.step() % STRIDE == 0) {
            Map<String, Double> scalars = new LinkedHashMap<>();
            scalars.put("training/loss", step.loss());
            scalars.put("training/learning_rate", step.learningRate());
            scalars.put("training/gradient_norm", step.gradientNorm());
            scalars.put("training/images_per_second", step.samplesPerSecond());
            write(() -> events.add(step.step(), scalars));
        }
        next.onStep(step);
    }

    @Override
    public void onEpoch(Epoch epoch) {
        Map<String, Double> scalars = new LinkedHashMap<>();
        scalars.put("training/epoch_loss", epoch.trainingLoss());
        epoch.metrics().all().forEach(metric -> scalars.put("validation/" + metric.name(), metric.value()));
        write(() -> {
            metrics.add(epoch, rate, speed);
            events.add(epoch.step(), scalars);
        });
        next.onEpoch(epoch);
    }

    @Override
    public void onCheckpoint(Path file) {
        next.onCheckpoint(file);
    }

    private void write(Write write) {
        try {
            write.run();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": the run's records could not be written: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        events.close();
    }

    private interface Write {
        void run() throws IOException;
    }
}

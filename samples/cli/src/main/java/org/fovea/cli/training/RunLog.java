package org.fovea.cli.training;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.fovea.core.train.TrainingListener;
import org.fovea.core.train.TrainingPosition;

/** Keeps a run's metrics and TensorBoard files, and passes on what it hears. */
final class RunLog implements TrainingListener, AutoCloseable {
    /** Steps between two points of TensorBoard's curves. */
    private static final int STRIDE = 10;

    private final Path folder;
    private final TrainingListener next;
    private final EventFile events;
    private MetricsFile metrics;
    private double rate;
    private double speed;

    RunLog(Path folder, Clock clock, TrainingListener next) throws IOException {
        this.folder = folder;
        this.next = next;
        this.events = EventFile.create(folder, clock);
    }

    @Override
    public void onStart(int updatesPerEpoch, TrainingPosition position) {
        write(() -> metrics = MetricsFile.open(folder.resolve("metrics.csv"), position.epoch()));
        next.onStart(updatesPerEpoch, position);
    }

    @Override
    public void onStep(Step step) {
        rate = step.learningRate();
        speed = step.imagesPerSecond();
        if (step.step() % STRIDE == 0) {
            Map<String, Double> scalars = new LinkedHashMap<>();
            scalars.put("training/loss", step.loss());
            scalars.put("training/learning_rate", step.learningRate());
            scalars.put("training/gradient_norm", step.gradientNorm());
            scalars.put("training/images_per_second", step.imagesPerSecond());
            write(() -> events.add(step.step(), scalars));
        }
        next.onStep(step);
    }

    @Override
    public void onEpoch(Epoch epoch) {
        Map<String, Double> scalars = new LinkedHashMap<>();
        scalars.put("training/epoch_loss", epoch.trainingLoss());
        scalars.put("validation/loss", epoch.validation().meanLoss());
        scalars.put("validation/top1", epoch.validation().topAccuracy(1));
        scalars.put("validation/top5", epoch.validation().topAccuracy(5));
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
            throw TrainingSession.failed(folder, e);
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

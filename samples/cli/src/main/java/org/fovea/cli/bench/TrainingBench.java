package org.fovea.cli.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.fovea.cli.model.ModelChoice;
import org.fovea.cli.model.Precisions;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.train.TrainingConfig;
import org.fovea.core.train.TrainingKeys;
import org.fovea.vit.model.ClassifierConfig;

/**
 * Measures the steps of a training run, on noise, and with {@code data} also on images as the loader brings them.
 *
 * @param choice model, of which only the sizes matter; the weights are random
 * @param data images of an end-to-end run
 * @param dataThreads number of threads that decode and augment images
 */
record TrainingBench(
        ModelChoice choice,
        Backend backend,
        double seconds,
        TrainingConfig recipe,
        Optional<Path> data,
        int dataThreads)
        implements Bench {
    private static final int WARM_UPS = 3;
    private static final int MIN_RUNS = 10;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    @Override
    public String name() {
        return choice.name();
    }

    @Override
    public List<Integer> usualBatches() {
        return List.of(recipe.get(TrainingKeys.BATCH));
    }

    @Override
    public List<Precision> precisions() {
        return Stream.of(Precision.F32, Precision.BF16)
                .filter(backend::supports)
                .toList();
    }

    @Override
    public String title() {
        ClassifierConfig c = choice.config();
        double clip = recipe.get(TrainingKeys.CLIP_NORM);
        return String.format(
                Locale.ROOT,
                "training of %s at %d x %d on %s: forward, backward, %s and %s as one program",
                choice.name(),
                c.imageHeight(),
                c.imageWidth(),
                backend.name(),
                clip > 0 ? "clipping" : "no clipping",
                recipe.get(TrainingKeys.OPTIMIZER));
    }

    @Override
    public String heading() {
        return Measurement.HEADING + (data.isPresent() ? EndToEndMeasurement.HEADING : "");
    }

    @Override
    public List<Line> measure(int batch, Precision precision) {
        TrainingConfig here =
                recipe.with(TrainingKeys.BATCH, batch).with(TrainingKeys.PRECISION, Precisions.name(precision));
        if (data.isEmpty()) {
            try (TrainingStep step = TrainingStep.compile(backend, choice.config(), here)) {
                return List.of(alone(step, batch, precision));
            }
        }
        try (LoaderTrial loader = LoaderTrial.open(data.get(), here, choice.config(), dataThreads);
                TrainingStep step =
                        TrainingStep.compile(backend, choice.config().withClasses(loader.classes()), here)) {
            LoaderTrial.Speed speed = loader.speed(seconds);
            return List.of(fed(alone(step, batch, precision), step, loader, speed));
        }
    }

    private Measurement alone(TrainingStep step, int batch, Precision precision) {
        return Measurement.of(
                batch, precision, step::run, step.flops(), () -> backend.productGflops(precision), seconds);
    }

    private EndToEndMeasurement fed(Measurement alone, TrainingStep step, LoaderTrial loader, LoaderTrial.Speed speed) {
        for (int i = 0; i < WARM_UPS; i++) {
            step.run(loader.next());
        }
        List<Double> millis = new ArrayList<>();
        List<Double> waits = new ArrayList<>();
        long end = System.nanoTime() + (long) (seconds * NANOS_PER_SECOND);
        while (millis.size() < MIN_RUNS || System.nanoTime() < end) {
            long asked = System.nanoTime();
            var batch = loader.next();
            long got = System.nanoTime();
            step.run(batch);
            waits.add((got - asked) / NANOS_PER_MILLI);
            millis.add((System.nanoTime() - asked) / NANOS_PER_MILLI);
        }
        return new EndToEndMeasurement(alone, speed, Measurement.median(millis), Measurement.median(waits));
    }

    @Override
    public void write(JsonGenerator json) throws IOException {
        Bench.super.write(json);
        json.writeBooleanField("training", true);
        json.writeStringField("optimizer", recipe.get(TrainingKeys.OPTIMIZER));
        json.writeNumberField("clip_norm", recipe.get(TrainingKeys.CLIP_NORM));
        if (data.isPresent()) {
            json.writeNumberField("data_threads", dataThreads);
        }
    }

    @Override
    public void close() {
        choice.close();
    }
}

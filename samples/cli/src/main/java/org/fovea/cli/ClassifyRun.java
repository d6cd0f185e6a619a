package org.fovea.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.fovea.core.backend.Backend;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;
import org.fovea.vit.ClassifierOptions;
import org.fovea.vit.ImageClassifier;

/** One run of {@code fovea classify}: images are decoded while the checkpoint is read and the model compiled. */
record ClassifyRun(
        ClassifyOptions options,
        ImageDecoder decoder,
        Backend backend,
        Selection selection,
        Output output,
        StopWatch watch) {

    /** Classifies all images. */
    void classify() throws IOException {
        boolean few = selection.count().orElse(options.batch) < options.batch;
        int batch = few ? 1 : options.batch;
        this.<Tensor>run(batch, classifier -> {
            if (selection.count().orElse(0) > 0) {
                classifier.prepare(batch);
                watch.step("compiled for " + batch);
            }
            return new ClassifyWork(classifier, batch);
        });
    }

    /** Classifies all images one by one and shows what the model saw. */
    void explain(Optional<HeatMapFiles> heatMaps, Optional<Path> dump) throws IOException {
        this.<RgbImage>run(1, classifier -> new ExplainWork(classifier, heatMaps, dump));
    }

    private <T> void run(int batch, Function<ImageClassifier, Work<T>> start) throws IOException {
        try (Pipeline<T> pipeline = Pipeline.start(decoder, selection.inputs(), batch);
                ImageClassifier classifier = load(batch)) {
            if (options.model == null) {
                options.say("no --model: " + ModelFolder.DEFAULT + " answers, which knows only "
                        + String.join(", ", classifier.labels()));
            }
            watch.step("read the checkpoint");
            pipeline.run(start.apply(classifier), output::add);
            watch.step("classified");
        }
    }

    private ImageClassifier load(int batch) {
        int pixels = options.imageSize == null ? ClassifierOptions.CHECKPOINT_PIXELS : options.imageSize;
        try {
            return ImageClassifier.load(
                    options.folder(), new ClassifierOptions(backend, options.precision(), pixels, batch, options.top));
        } catch (IllegalArgumentException e) {
            throw options.usage(e.getMessage());
        }
    }
}

package org.fovea.cli.classify;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.fovea.cli.images.ImageJob;
import org.fovea.cli.images.Selection;
import org.fovea.cli.model.ModelFolder;
import org.fovea.cli.terminal.Failures;
import org.fovea.cli.terminal.StopWatch;
import org.fovea.core.backend.Backend;
import org.fovea.core.data.Outcome;
import org.fovea.core.image.ImageException;
import org.fovea.core.image.ImageInput;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.SafetensorsWriter;
import org.fovea.vit.Classification;
import org.fovea.vit.ClassifierOptions;
import org.fovea.vit.Explanation;
import org.fovea.vit.ImageClassifier;
import org.fovea.vit.model.ClassifierConfig;

/** The work of {@code fovea classify}. */
record ClassifyRun(ClassifyOptions options, ImageJob<Classification> job, Backend backend, StopWatch watch)
        implements ImageJob.Work<Classification> {
    @Override
    public void run(Selection selection, Consumer<Outcome<ImageInput, Classification>> results) {
        if (options.dump != null && selection.count().orElse(0) != 1) {
            throw options.usage("--dump takes exactly one image, got "
                    + (selection.count().isPresent() ? selection.count().getAsLong() : "a list on the standard input"));
        }
        int most = job.options().batch;
        int batch = selection.total().orElse(most) < most ? 1 : most; // the same for a run that is resumed
        try (ImageClassifier classifier = load(batch)) {
            if (options.model == null) {
                options.say("no --model: " + ModelFolder.DEFAULT + " answers, which knows only "
                        + String.join(", ", classifier.labels()));
            }
            watch.step("read the checkpoint");
            run(classifier, batch, selection.inputs(), results);
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

    private void run(
            ImageClassifier classifier,
            int batch,
            Iterable<ImageInput> inputs,
            Consumer<Outcome<ImageInput, Classification>> results) {
        var decoder = job.options().decoder();
        Function<ImageInput, RgbImage> decode = input -> input.read(decoder);
        if (options.dump != null) {
            inputs.forEach(
                    input -> results.accept(Outcome.of(input, decode).map(image -> dump(classifier, input, image))));
        } else if (job.pictures().isPresent()) {
            classifier.explainAll(
                    inputs, decode, outcome -> results.accept(outcome.map(why -> draw(outcome.input(), why))));
        } else {
            classifier.classifyAll(inputs, decode, batch, results);
        }
    }

    /** Writes what the model computed of an image, and its heat map where one is asked for. */
    private Classification dump(ImageClassifier classifier, ImageInput input, RgbImage image) {
        if (job.pictures().isPresent()) {
            draw(input, classifier.explain(image));
        }
        Map<String, Tensor> all = classifier.dump(image);
        write(input, () -> dump(all, options.dump));
        return classifier.classifications(all.get(ClassifierConfig.LOGITS)).get(0);
    }

    private static void dump(Map<String, Tensor> all, Path target) throws IOException {
        SafetensorsWriter writer = new SafetensorsWriter();
        all.forEach(writer::add);
        writer.write(target);
    }

    private Classification draw(ImageInput input, Explanation why) {
        write(input, () -> job.pictures().orElseThrow().write(input, why.draw(why.rollout())));
        return why.classification();
    }

    private static void write(ImageInput input, Writing writing) {
        try {
            writing.write();
        } catch (IOException | OutOfMemoryError e) {
            throw new ImageException(input.name(), Failures.text(e), e);
        }
    }

    private interface Writing {
        void write() throws IOException;
    }
}

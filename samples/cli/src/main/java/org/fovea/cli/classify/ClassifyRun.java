package org.fovea.cli.classify;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.fovea.cli.images.ImageJob;
import org.fovea.cli.images.ImageOptions;
import org.fovea.cli.images.ImageOutput;
import org.fovea.cli.images.PictureFiles;
import org.fovea.cli.images.Selection;
import org.fovea.cli.model.ModelFolder;
import org.fovea.cli.terminal.StopWatch;
import org.fovea.core.backend.Backend;
import org.fovea.core.data.Outcome;
import org.fovea.core.image.ImageInput;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;
import org.fovea.vit.Classification;
import org.fovea.vit.ClassifierOptions;
import org.fovea.vit.Explanation;
import org.fovea.vit.ImageClassifier;
import org.fovea.vit.model.ClassifierConfig;

/** The work of {@code fovea classify}. */
record ClassifyRun(
        ClassifyOptions options, ImageOptions images, Optional<PictureFiles> heatMaps, Backend backend, StopWatch watch)
        implements ImageJob.Work<Classification> {
    @Override
    public void run(Selection selection, Consumer<Outcome<ImageInput, Classification>> results) {
        options.dump.check(selection);
        int most = images.batch;
        int batch = selection.total().orElse(most) < most ? 1 : most; // the same for a run that is resumed
        try (ImageClassifier classifier = load(batch)) {
            if (options.model == null) {
                options.say("no --model: " + ModelFolder.CLASSIFIER + " answers, which knows only "
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
        var decoder = images.decoder();
        Function<ImageInput, RgbImage> decode = input -> input.read(decoder);
        if (options.dump.isWanted()) {
            inputs.forEach(
                    input -> results.accept(Outcome.of(input, decode).map(image -> dump(classifier, input, image))));
        } else if (heatMaps.isPresent()) {
            classifier.explainAll(
                    inputs, decode, outcome -> results.accept(outcome.map(why -> draw(outcome.input(), why))));
        } else {
            classifier.classifyAll(inputs, decode, batch, results);
        }
    }

    /** Writes what the model computed of an image, and its heat map where one is asked for. */
    private Classification dump(ImageClassifier classifier, ImageInput input, RgbImage image) {
        if (heatMaps.isPresent()) {
            draw(input, classifier.explain(image));
        }
        Map<String, Tensor> all = classifier.dump(image);
        options.dump.write(input, all);
        return classifier.classifications(all.get(ClassifierConfig.LOGITS)).get(0);
    }

    private Classification draw(ImageInput input, Explanation why) {
        ImageOutput.write(input, () -> heatMaps.orElseThrow().write(input, why.draw(why.rollout())));
        return why.classification();
    }
}

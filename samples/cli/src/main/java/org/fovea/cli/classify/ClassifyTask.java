package org.fovea.cli.classify;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.fovea.cli.images.ImageOutput;
import org.fovea.cli.images.ImageTask;
import org.fovea.cli.images.PictureFiles;
import org.fovea.cli.images.SelectedImages;
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
record ClassifyTask(ImageClassifier classifier, ClassifyOptions options, Optional<PictureFiles> heatMaps)
        implements ImageTask<Classification> {
    static ClassifyTask load(ClassifyOptions options, Optional<PictureFiles> heatMaps, Backend backend, int batch) {
        int pixels = options.imageSize == null ? ClassifierOptions.CHECKPOINT_PIXELS : options.imageSize;
        ImageClassifier classifier = ImageClassifier.load(
                options.folder(), new ClassifierOptions(backend, options.precision(), pixels, batch, options.top));
        options.announce(classifier.labels());
        return new ClassifyTask(classifier, options, heatMaps);
    }

    @Override
    public void run(SelectedImages images, Consumer<Outcome<ImageInput, Classification>> results) {
        if (heatMaps.isPresent()) {
            classifier.explainAll(
                    images.inputs(),
                    images::decode,
                    outcome -> results.accept(outcome.map(why -> draw(outcome.input(), why))));
        } else {
            classifier.classifyAll(images.inputs(), images::decode, images.batch(), results);
        }
    }

    /** Writes all intermediate results for an image, and its heat map if requested. */
    @Override
    public Classification dump(ImageInput input, RgbImage image) {
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

    @Override
    public void close() {
        classifier.close();
    }
}

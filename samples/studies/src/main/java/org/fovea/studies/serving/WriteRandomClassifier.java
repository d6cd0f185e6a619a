package org.fovea.studies.serving;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.fovea.vit.Presets;
import org.fovea.vit.hub.ClassifierWriter;
import org.fovea.vit.hub.Preprocessing;
import org.fovea.vit.model.ClassifierConfig;

/**
 * Writes a checkpoint of a published size with random weights, which takes as long as a learned one: {@code WriteRandomClassifier
 * PRESET FOLDER}, such as {@code vit-tiny-patch16-224 vit-tiny}.
 */
public final class WriteRandomClassifier {
    private static final long SEED = 1;
    private static final List<Double> HALVES = Collections.nCopies(3, 0.5);

    private WriteRandomClassifier() {}

    /** Runs. */
    public static void main(String[] args) throws IOException {
        ClassifierConfig config = Presets.named(args[0]);
        List<String> labels = IntStream.range(0, config.classes())
                .mapToObj(index -> "class " + index)
                .toList();
        Preprocessing preprocessing =
                new Preprocessing(config.imageHeight(), config.imageWidth(), Preprocessing.Fit.STRETCH, HALVES, HALVES);
        ClassifierWriter.of(config, labels, preprocessing).save(Path.of(args[1]), config.randomParameters(SEED));
    }
}

package org.fovea.studies.quickstart;

import java.io.IOException;
import java.nio.file.Path;
import org.fovea.vit.Classification;
import org.fovea.vit.Explanation;
import org.fovea.vit.ImageClassifier;
import org.fovea.vit.Prediction;

/** Classifies a photograph and draws where the model looked. */
public final class ClassifyPhoto {
    private ClassifyPhoto() {}

    /**
     * Runs it.
     *
     * @param args a checkpoint folder, a photograph, and the PNG file to draw
     * @throws IOException when the drawing cannot be written
     */
    public static void main(String[] args) throws IOException {
        Path checkpoint = Path.of(args[0]); // config.json, preprocessor_config.json, model.safetensors
        Path photo = Path.of(args[1]);
        try (ImageClassifier classifier = ImageClassifier.load(checkpoint)) {
            Classification result = classifier.classify(photo);
            for (Prediction p : result.predictions()) {
                System.out.printf("%5.1f %%  %s%n", 100 * p.probability(), p.label());
            }
            Explanation why = classifier.explain(photo);
            why.draw(why.rollout()).writePng(Path.of(args[2]));
        }
    }
}

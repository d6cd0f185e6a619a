package org.fovea.studies.quickstart;

import java.io.IOException;
import java.nio.file.Path;
import org.fovea.core.engine.Backends;
import org.fovea.core.train.TrainingConfig;
import org.fovea.core.train.TrainingKeys;
import org.fovea.core.train.TrainingListener;
import org.fovea.core.train.TrainingRun;
import org.fovea.vit.ImageClassifier;
import org.fovea.vit.train.ClassifierKeys;
import org.fovea.vit.train.ClassifierSetup;

/** Trains a classifier on photographs, and classifies one with it. */
public final class TrainOnPhotos {
    private TrainOnPhotos() {}

    /**
     * Runs it.
     *
     * @param args the images as {@code train/<class>/*.jpg}, a folder for the finished checkpoint, a photograph, and a file
     *     with a recipe
     * @throws IOException when a file cannot be read or written
     */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[1]);
        TrainingConfig recipe =
                ClassifierKeys.defaults().with(TrainingKeys.SEED, 1).read(Path.of(args[3]));
        TrainingRun run = new TrainingRun(folder, recipe, TrainingRun.Options.DEFAULTS);
        try (ClassifierSetup setup = ClassifierSetup.open(Path.of(args[0]), recipe)) {
            run.run(setup, Backends.automatic(), false, TrainingListener.NONE);
        }
        try (ImageClassifier classifier = ImageClassifier.load(folder)) {
            System.out.println(classifier.classify(Path.of(args[2])).best().label());
        }
    }
}

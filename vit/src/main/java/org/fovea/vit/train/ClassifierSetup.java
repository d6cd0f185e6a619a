package org.fovea.vit.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.fovea.core.backend.Backend;
import org.fovea.core.data.BrokenImage;
import org.fovea.core.data.ClassificationBatch;
import org.fovea.core.data.ClassificationLoader;
import org.fovea.core.data.SamplePipeline;
import org.fovea.core.image.ImageProcessor;
import org.fovea.core.train.TrainingConfig;
import org.fovea.core.train.TrainingKeys;
import org.fovea.core.train.TrainingPhase;
import org.fovea.core.train.TrainingSetup;
import org.fovea.core.weights.Parameters;
import org.fovea.vit.ClassifierOptions;
import org.fovea.vit.ImageClassifier;
import org.fovea.vit.Presets;
import org.fovea.vit.model.ClassifierConfig;

/**
 * Training of a classifier on labeled images.
 *
 * <pre>{@code
 * TrainingConfig recipe = ClassifierKeys.defaults().with(TrainingKeys.EPOCHS, 20);
 * try (ClassifierSetup setup = ClassifierSetup.open(Path.of("photos"), recipe)) {
 *     new TrainingRun(folder, recipe, TrainingRun.Options.DEFAULTS)
 *             .run(setup, Backends.automatic(), false, TrainingListener.NONE);
 * }
 * }</pre>
 */
public final class ClassifierSetup implements TrainingSetup<ClassificationBatch, Evaluation> {
    private final TrainingConfig recipe;
    private final int dataThreads;
    private final TrainingData images;
    private final StartingPoint start;
    private Optional<ClassificationLoader> train = Optional.empty();
    private Optional<ClassificationLoader> validation = Optional.empty();

    private ClassifierSetup(TrainingConfig recipe, int dataThreads, TrainingData images, StartingPoint start) {
        this.recipe = recipe;
        this.dataThreads = dataThreads;
        this.images = images;
        this.start = start;
    }

    /**
     * Opens data and model from the recipe alone, whose model is a published size to train from scratch, or a checkpoint's
     * directory.
     */
    public static ClassifierSetup open(Path data, TrainingConfig recipe) throws IOException {
        String model = recipe.get(ClassifierKeys.MODEL);
        return open(data, Presets.has(model) ? Optional.empty() : Optional.of(Path.of(model)), recipe, 2);
    }

    /**
     * Opens data and model.
     *
     * @param data folder, zip file or manifest
     * @param source checkpoint that the recipe's key {@code model} names; empty where it names a preset
     * @param dataThreads number of threads that decode and augment images
     * @throws org.fovea.core.train.TrainingConfigException when the recipe does not fit the model
     * @throws org.fovea.core.data.DataSetException when the data cannot train a classifier
     */
    public static ClassifierSetup open(Path data, Optional<Path> source, TrainingConfig recipe, int dataThreads)
            throws IOException {
        TrainingData images = TrainingData.open(data, recipe);
        try {
            return new ClassifierSetup(recipe, dataThreads, images, StartingPoint.of(source, recipe, images.labels()));
        } catch (RuntimeException | IOException e) {
            images.close();
            throw e;
        }
    }

    @Override
    public void saveDescription(Path directory) throws IOException {
        start.files().saveDescription(directory);
    }

    @Override
    public List<TrainingPhase<ClassificationBatch>> phases(Path directory, Backend backend) {
        ClassifierConfig config = start.model().config();
        SamplePipeline pipeline =
                ClassifierTraining.pipeline(recipe, config.imageHeight(), config.imageWidth(), start.normalization());
        ClassificationLoader batches = images.trainingBatches(recipe, pipeline, dataThreads);
        train = Optional.of(batches);
        ClassificationLoader scored =
                images.validationBatches(ImageProcessor.load(directory), recipe.get(TrainingKeys.BATCH));
        validation = Optional.of(scored);
        ClassifierTask task = new ClassifierTask(
                start.model(),
                batches.batchSize(),
                ClassifierTraining.loss(recipe),
                scored,
                recipe.get(ClassifierKeys.METRIC));
        return List.of(TrainingPhase.first(batches, updates -> ClassifierTraining.plan(recipe, config, updates), task));
    }

    @Override
    public void saveWeights(Path directory, Parameters weights) throws IOException {
        start.files().saveWeights(directory, weights);
    }

    /** Scores the finished checkpoint on the images that validated it during training. */
    @Override
    public Evaluation evaluate(Path directory, Backend backend) {
        ClassifierOptions classifying =
                ClassifierOptions.defaults().withBackend(backend).withBatch(recipe.get(TrainingKeys.BATCH));
        try (ImageClassifier classifier = ImageClassifier.load(directory, classifying)) {
            return Evaluation.of(classifier, images.validation());
        }
    }

    @Override
    public List<BrokenImage> broken() {
        return Stream.of(train, validation)
                .flatMap(Optional::stream)
                .flatMap(loader -> loader.broken().stream())
                .toList();
    }

    @Override
    public void close() {
        validation.ifPresent(ClassificationLoader::close);
        train.ifPresent(ClassificationLoader::close);
        start.close();
        images.close();
    }
}

package org.fovea.vit.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.fovea.core.backend.Backend;
import org.fovea.core.data.ClassificationBatch;
import org.fovea.core.data.ClassificationLoader;
import org.fovea.core.data.SamplePipeline;
import org.fovea.core.image.ImageProcessor;
import org.fovea.core.io.AtomicFile;
import org.fovea.core.train.Checkpoints;
import org.fovea.core.train.RunLog;
import org.fovea.core.train.Trainer;
import org.fovea.core.train.TrainingConfig;
import org.fovea.core.train.TrainingConfigException;
import org.fovea.core.train.TrainingKeys;
import org.fovea.core.train.TrainingListener;
import org.fovea.core.train.TrainingResult;
import org.fovea.core.weights.Parameters;
import org.fovea.vit.ClassifierOptions;
import org.fovea.vit.ImageClassifier;
import org.fovea.vit.Presets;
import org.fovea.vit.hub.ClassifierWriter;
import org.fovea.vit.model.ClassifierConfig;

/**
 * One training run and its folder: {@code recipe.json}, {@code metrics.csv}, TensorBoard's event files,
 * {@code checkpoints/}, the files of a checkpoint, of which the weights come last, and {@code report/}.
 *
 * @param data a folder, zip file or manifest
 * @param folder of the run, made where it is missing
 * @param source the checkpoint that the recipe's model names; empty where it names a preset
 * @param options without influence on the result
 */
public record TrainingSession(Path data, Path folder, Optional<Path> source, TrainingConfig recipe, Options options) {
    /**
     * Settings without influence on the result.
     *
     * @param dataThreads that decode and augment
     * @param keep number of the last checkpoints that stay
     * @param everySteps steps between two checkpoints
     */
    public record Options(int dataThreads, int keep, long everySteps) {
        /** Checks the numbers. */
        public Options {
            if (dataThreads < 1 || keep < 1 || everySteps < 1) {
                throw new IllegalArgumentException(
                        "TrainingSession: data threads, checkpoints to keep and steps between"
                                + " them must be at least 1, got " + dataThreads + ", " + keep + " and " + everySteps);
            }
        }
    }

    private static final String RECIPE = "recipe.json";
    private static final String CHECKPOINTS = "checkpoints";

    /**
     * A run by its recipe alone, whose model is a published size to train from scratch, or the folder of a checkpoint to
     * fine-tune; two threads for data, the last two checkpoints kept, one every 500 steps.
     */
    public static TrainingSession of(Path data, Path folder, TrainingConfig recipe) {
        String model = recipe.get(ClassifierKeys.MODEL);
        Optional<Path> source = Presets.has(model) ? Optional.empty() : Optional.of(Path.of(model));
        return new TrainingSession(data, folder, source, recipe, new Options(2, 2, 500));
    }

    /** The recipe of the run in a folder, where there is one. */
    public static Optional<TrainingConfig> recipeIn(Path folder) throws IOException {
        Path file = folder.resolve(RECIPE);
        return Files.exists(file) ? Optional.of(ClassifierKeys.defaults().read(file)) : Optional.empty();
    }

    /**
     * Trains, writes everything into the folder, and reports.
     *
     * @param resume to go on from the folder's last checkpoint
     * @param listener hears how it goes, after the folder's files have
     * @param report written last
     * @throws org.fovea.core.train.TrainingConfigException when the recipe does not fit the model
     * @throws org.fovea.core.data.DataSetException when a classifier cannot learn from the data
     * @throws org.fovea.core.train.CheckpointException when the folder holds checkpoints of another run and {@code resume} is
     *     not given
     */
    public TrainingResult run(Backend backend, boolean resume, TrainingListener listener, TrainingReport report)
            throws IOException {
        try (TrainingData images = TrainingData.open(data, recipe);
                StartingPoint start = StartingPoint.of(source, recipe, images.labels())) {
            checkFolder(resume);
            start.files().saveDescription(folder); // all of the checkpoint but its weights
            String written = writtenRecipe();
            ClassifierConfig config = start.model().config();
            SamplePipeline pipeline = ClassifierTraining.pipeline(
                    recipe, config.imageHeight(), config.imageWidth(), start.normalization());
            try (ClassificationLoader train = images.trainingBatches(recipe, pipeline, options.dataThreads());
                    ClassificationLoader validation =
                            images.validationBatches(ImageProcessor.load(folder), recipe.get(TrainingKeys.BATCH));
                    RunLog log = new RunLog(folder, Clock.systemUTC(), listener)) {
                int updates = train.batchesPerEpoch() / recipe.get(TrainingKeys.ACCUMULATION);
                Checkpoints checkpoints =
                        Checkpoints.in(folder.resolve(CHECKPOINTS), options.keep(), options.everySteps(), written);
                if (checkpoints.latest().isEmpty()) {
                    AtomicFile.write(folder.resolve(RECIPE), written);
                }
                ClassifierTask task = new ClassifierTask(
                        start.model(),
                        train.batchSize(),
                        ClassifierTraining.loss(recipe),
                        validation,
                        recipe.get(ClassifierKeys.METRIC));
                Trainer<ClassificationBatch> trainer = new Trainer<>(
                        backend, task, ClassifierTraining.plan(recipe, config, Math.max(1, updates)), checkpoints, log);
                TrainingResult result = resume ? trainer.resume(train) : trainer.fit(train);
                boolean best = recipe.get(TrainingKeys.KEEP).equals("best");
                save(start.files(), best ? result.bestWeights() : result.lastWeights());
                report.write(folder, evaluation(backend, images));
                return result;
            }
        }
    }

    /**
     * The recipe in the words in which the run was begun, where they say the same: a version that knows more keys goes on
     * with what another one began.
     */
    private String writtenRecipe() throws IOException {
        Optional<TrainingConfig> begun = recipeIn(folder);
        return begun.isPresent() && begun.get().equals(recipe)
                ? Files.readString(folder.resolve(RECIPE))
                : recipe.json();
    }

    private void save(ClassifierWriter files, Parameters weights) {
        try {
            files.saveWeights(folder, weights);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    folder + ": the trained model could not be saved: " + e + "; " + folder.resolve(CHECKPOINTS)
                            + " still holds the run. Free space on the disk, and end it by --resume.",
                    e);
        }
    }

    /** The finished checkpoint's own answers, on the images it was scored on while it trained. */
    private Evaluation evaluation(Backend backend, TrainingData images) {
        ClassifierOptions classifying =
                ClassifierOptions.defaults().withBackend(backend).withBatch(recipe.get(TrainingKeys.BATCH));
        try (ImageClassifier classifier = ImageClassifier.load(folder, classifying)) {
            return Evaluation.of(classifier, images.validation());
        }
    }

    private void checkFolder(boolean resume) throws IOException {
        Files.createDirectories(folder);
        boolean used = Files.exists(folder.resolve(RECIPE));
        if (used && !resume) {
            throw new TrainingConfigException(
                    folder + ": a new run needs a folder of its own, got one that holds a run;"
                            + " go on with it by --resume, or give another --output");
        }
    }
}
